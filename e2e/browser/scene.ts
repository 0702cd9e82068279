/* eslint-disable @n8n/community-nodes/require-node-api-error -- runs outside n8n, on Node itself */
import type { Browser, BrowserContext, Page } from 'playwright-core';

import type { N8nRest } from '../rest';
import { openScene, type Scene } from '../tests/scene';
import { launchChromium } from './chromium';

/** As in the editor's settings; the theme follows the computer's. */
export type Theme = 'light' | 'dark';

/** An n8n with a sandbox behind it, and Chromium before it with n8n's owner signed in. */
export interface BrowserScene extends Scene {
	/** A new tab, in the window of that theme. */
	openTab(theme?: Theme): Promise<Page>;
	/** Closes every tab of every window. */
	closeTabs(): Promise<void>;
}

export interface Look {
	/** In CSS pixels. */
	size?: { width: number; height: number };
	/** How many dots of a picture a CSS pixel has. */
	zoom?: number;
}

/** How long n8n may take for anything on a busy computer. */
export const PATIENCE_MS = 90_000;

/** Starts all three; nothing of them is left after close(). */
export async function openBrowserScene(look: Look = {}): Promise<BrowserScene> {
	// First what fails soonest.
	const browser = await launchChromium();
	try {
		const scene = await openScene('2.41');
		const windows = new Map<Theme, BrowserContext>();
		return {
			...scene,
			async openTab(theme = 'light') {
				const window = windows.get(theme) ?? (await openWindow(browser, scene.n8n.rest, theme, look));
				windows.set(theme, window);
				return await window.newPage();
			},
			async closeTabs() {
				for (const window of windows.values()) {
					for (const tab of window.pages()) await tab.close();
				}
			},
			async close() {
				await browser.close();
				await scene.close();
			},
		};
	} catch (error) {
		await browser.close();
		throw error;
	}
}

async function openWindow(browser: Browser, { session }: N8nRest, theme: Theme, look: Look): Promise<BrowserContext> {
	const { size = { width: 1400, height: 900 }, zoom = 1 } = look;
	const window = await browser.newContext({
		viewport: size,
		deviceScaleFactor: zoom,
		colorScheme: theme,
		locale: 'en-AU',
	});
	window.setDefaultTimeout(PATIENCE_MS);
	window.setDefaultNavigationTimeout(PATIENCE_MS);
	await window.addCookies(
		session.cookies().map((cookie) => {
			const [, name = '', value = ''] = /^([^=]+)=(.*)$/.exec(cookie) ?? [];
			return { name, value, url: session.url };
		}),
	);
	await window.addInitScript(`localStorage.setItem('n8n-browserId', ${JSON.stringify(session.browserId)})`);
	return window;
}
