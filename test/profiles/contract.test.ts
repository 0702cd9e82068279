/* eslint-disable @n8n/community-nodes/no-restricted-imports -- a test, runs outside n8n */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { PACKAGE_ROOT } from '../../engine/boot';
import { defaultSwitches } from '../../sandbox';
import { readProfile } from '../../sandbox/profile';
import { rowsOf } from '../tables';
import { Account } from './account';
import { otherCases } from './cases/others';
import { trunkCases } from './cases/trunks';

const FOLDER = 'sandbox/profiles';

const cases = [...trunkCases, ...otherCases];
const names = cases.map(({ name }) => name);

const profiles = readdirSync(join(PACKAGE_ROOT, FOLDER))
	.filter((file) => file.endsWith('.json'))
	.map((file) => ({ file: `${FOLDER}/${file}`, profile: readProfile(join(PACKAGE_ROOT, FOLDER, file)) }));

test('every case has a name of its own', () => {
	expect(new Set(names).size).toBe(names.length);
});

test('as documented, everything is possible', () => {
	expect(profiles.find(({ file }) => file === `${FOLDER}/documented.json`)?.profile).toMatchObject({
		switches: {},
		cannot: [],
	});
});

describe.each(profiles)('$file', ({ file, profile: { about, cannot } }) => {
	test('has no switch at its default', () => {
		const isSame = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);
		const { callRecords = {}, ...others } = (
			JSON.parse(readFileSync(join(PACKAGE_ROOT, file), 'utf8')) as { switches: Record<string, object> }
		).switches;
		const atDefault = (given: object, defaults: object) =>
			Object.entries(given)
				.filter(([name, value]) => isSame(value, defaults[name as never]))
				.map(([name]) => name);
		expect([...atDefault(others, defaultSwitches), ...atDefault(callRecords, defaultSwitches.callRecords)]).toEqual([]);
	});

	test('says of cases that there are that they are not possible, each once', () => {
		expect(cannot.filter((name, index) => !names.includes(name) || cannot.indexOf(name) !== index)).toEqual([]);
	});

	test('is told in docs/sandbox.md in its own words', () => {
		const page = readFileSync(join(PACKAGE_ROOT, 'docs/sandbox.md'), 'utf8');
		const [, told] = rowsOf(page).find(([name]) => name === `\`${file.slice(FOLDER.length + 1)}\``) ?? [];
		expect(told?.slice(0, about.length)).toBe(about);
	});
});

describe.each(profiles)('with $file', ({ file, profile }) => {
	test.each(cases)('$name: done and true, or no lie and nothing twice', async ({ name, may = {}, play }) => {
		const account = await Account.open(profile);
		try {
			const said = await play(account);
			const isDone = 'gave' in said;
			account.expectRest(may, isDone);
			const isExpected = !profile.cannot.includes(name);
			if (isDone && !isExpected)
				throw new Error(`"${name}" works with this profile. Take it out of "cannot" in ${file}.`);
			if (!isDone && isExpected) {
				throw new Error(
					`"${name}" does not work with this profile: ${said.words}\nIf the node cannot do better there, add it to "cannot" in ${file}; else mend the node.`,
				);
			}
		} finally {
			await account.close();
		}
	});
});
