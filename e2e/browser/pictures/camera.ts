/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- runs outside n8n, on Node itself */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import sharp from 'sharp';

const FOLDER = join(__dirname, '../../../docs/images');
const MOST_BYTES = 150_000;
/** n8n's forms are white: without an edge they run into a white page. In dots, and of a colour that suits a dark page too. */
const EDGE = 2;
const EDGE_COLOUR = '#d0d7de';

/** Part of a page, in CSS pixels. */
export interface Frame {
	x: number;
	y: number;
	width: number;
	height: number;
}

/**
 * Takes a picture of a part of the page for the README and the docs, as a small PNG in docs/images.
 *
 * @throws Error when it is larger than a README can bear
 */
export async function takePicture(page: Page, name: string, frame: Frame): Promise<string> {
	const raw = await page.screenshot({ clip: frame, animations: 'disabled', caret: 'hide' });
	// A user interface has few colours: as a palette it is a third as large, and as crisp.
	const small = await sharp(raw)
		.extend({ top: EDGE, bottom: EDGE, left: EDGE, right: EDGE, background: EDGE_COLOUR })
		.png({ palette: true, colours: 256, quality: 95, effort: 10, compressionLevel: 9 })
		.toBuffer();
	if (small.length > MOST_BYTES) throw new Error(`${name}.png has ${small.length} bytes, more than ${MOST_BYTES}.`);
	await mkdir(FOLDER, { recursive: true });
	await writeFile(join(FOLDER, `${name}.png`), small);
	return `docs/images/${name}.png (${Math.round(small.length / 1000)} kB)`;
}

/** The frame around some elements, with a margin. */
export async function around(margin: number, ...elements: Locator[]): Promise<Frame> {
	const boxes = [];
	for (const element of elements) {
		const box = await element.boundingBox();
		if (box === null) throw new Error(`${element.toString()} cannot be seen.`);
		boxes.push(box);
	}
	const x = Math.min(...boxes.map((box) => box.x)) - margin;
	const y = Math.min(...boxes.map((box) => box.y)) - margin;
	const right = Math.max(...boxes.map((box) => box.x + box.width)) + margin;
	const bottom = Math.max(...boxes.map((box) => box.y + box.height)) + margin;
	return { x: Math.max(0, x), y: Math.max(0, y), width: right - Math.max(0, x), height: bottom - Math.max(0, y) };
}

/** Hides n8n's messages in the corner and its tips, also those that come late. */
export async function undisturbed(page: Page): Promise<void> {
	await page.addStyleTag({ content: '.el-notification, .n8n-tooltip, [role="tooltip"] { display: none !important; }' });
}
