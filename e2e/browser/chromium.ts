/* eslint-disable @n8n/community-nodes/no-restricted-imports -- runs outside n8n, on Node itself */
import { existsSync } from 'node:fs';
import { type Browser, chromium, selectors } from 'playwright-core';

/** Where Debian puts it. */
const CHROMIUM = '/usr/bin/chromium';

/** It draws without a graphics card, and talks to nobody but the page's server. */
const FLAGS = [
	'--no-sandbox',
	'--disable-gpu',
	'--disable-quic',
	'--no-first-run',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
];

/**
 * Starts Debian's Chromium without a window.
 *
 * @throws Error with one line that says what to install
 */
export async function launchChromium(): Promise<Browser> {
	if (!existsSync(CHROMIUM)) {
		throw new Error(`${CHROMIUM} is missing: run "apt-get install -y chromium" as root, then try again.`);
	}
	// n8n's own name for it.
	selectors.setTestIdAttribute('data-test-id');
	return await chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
}
