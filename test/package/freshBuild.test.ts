/* eslint-disable @n8n/community-nodes/no-restricted-imports -- a test on Node itself, never published */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { buildIfStale } from '../freshBuild';

let root: string;
const put = (file: string, text: string) => writeFileSync(join(root, file), text);
const built = (file: string) => join(root, 'dist', file);

beforeAll(() => {
	root = mkdtempSync(join(tmpdir(), 'crazytel-build-'));
	mkdirSync(join(root, 'nodes'));
	put('nodes/node.ts', 'a node');
	// Builds in no time what a build makes: dist anew, of what is there.
	const build =
		"const fs = require('fs'); fs.rmSync('dist', { recursive: true, force: true }); fs.cpSync('nodes', 'dist', { recursive: true })";
	put('package.json', JSON.stringify({ scripts: { build: `node -e ${JSON.stringify(build)}` } }));
});

afterAll(() => rmSync(root, { recursive: true, force: true }));

const isFreshNow = () => !buildIfStale(root);

test('what was never built is built, and what is fresh is not built again', () => {
	expect(isFreshNow()).toBe(false);
	expect(readFileSync(built('node.ts'), 'utf8')).toBe('a node');
	expect(isFreshNow()).toBe(true);
});

test('a source that was changed, added or deleted is noticed', () => {
	put('nodes/node.ts', 'another node');
	expect(isFreshNow()).toBe(false);
	expect(readFileSync(built('node.ts'), 'utf8')).toBe('another node');

	put('nodes/new.ts', 'a new file');
	expect(isFreshNow()).toBe(false);
	expect(existsSync(built('new.ts'))).toBe(true);

	rmSync(join(root, 'nodes/new.ts'));
	expect(isFreshNow()).toBe(false);
	expect(existsSync(built('new.ts'))).toBe(false);
	expect(isFreshNow()).toBe(true);
});

test('a dist that was brought from elsewhere is noticed', () => {
	writeFileSync(built('node.ts'), 'what somebody else has built');
	expect(isFreshNow()).toBe(false);
	expect(readFileSync(built('node.ts'), 'utf8')).toBe('another node');
});
