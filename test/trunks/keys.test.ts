import type { IDataObject } from 'n8n-workflow';

import type { Sandbox, Switches } from '../../sandbox';
import { countOf, hintsOf, play, writes } from '../engine/scene';
import { openAccount, playOne, shownOf, stored, trunkBy } from './account';

const upsert = {
	operation: 'upsert',
	trunkDescription: '={{ $json.name }}',
	callerIdNumber: '61291234567',
	additionalFields: { areaCode: '={{ $json.area ?? "02" }}' },
};

let sandbox: Sandbox;

afterEach(async () => await sandbox.close());

async function sync(items: IDataObject[], onError: 'stopWorkflow' | 'continueErrorOutput' = 'continueErrorOutput') {
	return await play(sandbox, { items, parameters: upsert, node: { onError } });
}

describe('a key that the API keeps in another form', () => {
	test.each<[string, Switches['descriptionForm'], string, string]>([
		['HTML', 'html', 'Smith & Sons', 'Smith &amp; Sons'],
		['HTML by its number', 'html', "O'Brien", 'O&#39;Brien'],
		['lower case', 'lower case', 'Harbour Dental', 'harbour dental'],
		['NFC', 'NFC', 'Café Lune'.normalize('NFD'), 'Café Lune'.normalize('NFC')],
		['one space', 'one space', 'Acme  Pty', 'Acme Pty'],
		['cut', 24, 'Harbour Dental Surgery and Implants', 'Harbour Dental Surgery a'],
		['replaced', 'ASCII', 'Pizza 🍕', 'Pizza ?'],
		['lost', 'bare', 'Pizza 🍕', 'Pizza'],
		['an accent that is replaced', 'ASCII', 'Café Lune', 'Caf? Lune'],
	])(
		'(%s): the first run says so with both, and no night makes a second trunk',
		async (_, descriptionForm, sent, kept) => {
			sandbox = await openAccount({ descriptionForm });
			const first = await sync([{ name: sent }]);
			const [trunk] = sandbox.trunks();

			expect(trunk?.description).toBe(kept);
			expect(first.good).toStrictEqual([]);
			const words = String(first.failed[0]?.error);
			expect(words).toContain(
				`The trunk ${trunk?.username} (${trunk?.id}) was created. Crazytel keeps the Description `,
			);
			for (const form of [sent, kept]) expect(words).toContain(form.slice(0, 38));

			for (let night = 0; night < 3; night++) await sync([{ name: sent }]);
			expect(sandbox.trunks()).toHaveLength(1);
			expect(countOf(sandbox, 'create')).toBe(1);
		},
	);

	test.each<[string, string, string]>([
		['HTML', 'Smith & Sons', 'Smith &amp; Sons'],
		['HTML twice', 'Smith & Sons', 'Smith &amp;amp; Sons'],
		['HTML by its number', "O'Brien", 'O&#x27;Brien'],
		['NFC', 'Café Lune'.normalize('NFD'), 'Café Lune'],
		['a no-break space', 'Acme\u00a0Pty', 'Acme Pty'],
		['two spaces', 'Acme  Pty', 'Acme Pty'],
		['a zero-width space', 'Acme\u200bPty', 'AcmePty'],
		['a left-to-right mark', 'Acme Pty\u200e', 'Acme Pty'],
		['a soft hyphen', 'Har\u00adbour', 'Harbour'],
	])('(%s) is the same key in a process that knows nothing of it', async (_, given, listed) => {
		sandbox = await openAccount();
		const trunk = sandbox.addTrunk({ description: listed, area_code: '03' });
		const { good } = await sync([{ name: given }]);

		expect(good).toMatchObject([{ id: trunk.id, area_code: '02' }]);
		expect(sandbox.trunks()).toHaveLength(1);
	});

	test.each<[string, string, string]>([
		['in another case', 'Harbour Dental', 'HARBOUR DENTAL'],
		['with a character replaced', 'Pizza 🍕', 'Pizza ?'],
		['with a character lost', 'Pizza 🍕', 'Pizza'],
		['without its accents', 'Café Lune', 'Cafe Lune'],
		['with its quote lost', "O'Brien", 'OBrien'],
		['with an ampersand lost', 'Smith & Sons', 'Smith Sons'],
		['as UTF-8 that was read as Latin-1', 'Café Lune', 'CafÃ© Lune'],
		['cut short', 'Harbour Dental Surgery and Implants', 'Harbour Dental Surgery and'],
	])('%s, in a process that knows nothing of it: refused, and that trunk is named', async (_, given, listed) => {
		sandbox = await openAccount();
		const trunk = sandbox.addTrunk({ description: listed });
		const { good, failed } = await sync([{ name: given }, { name: 'Another one' }]);

		expect(failed).toHaveLength(1);
		expect(String(failed[0]?.error)).toContain(trunk.username);
		expect(String(failed[0]?.error)).toContain(listed.slice(0, 20));
		expect(good).toHaveLength(1);
		expect(sandbox.trunks()).toHaveLength(2);
	});

	test.each<[string, string]>([
		['Customer 12', 'Customer 1'],
		['Deal 1-23', 'Deal 12-3'],
		['Pizza', 'Pizza ?'],
		['山田', '鈴木'],
		['Harbour Dental Surgery', 'Harbour Dental'],
		['Smith & Sons', 'Smith & Daughters'],
	])('%j is another key than %j', async (given, listed) => {
		sandbox = await openAccount();
		sandbox.addTrunk({ description: listed });
		const { good } = await sync([{ name: given }]);

		expect(good).toMatchObject([{ description: given }]);
		expect(sandbox.trunks()).toHaveLength(2);
	});
});

test.each([
	['Café Lune'.normalize('NFC'), 'Café Lune'.normalize('NFD')],
	['Acme Pty', 'Acme\u00a0Pty'],
	['Acme Pty', 'Acme  Pty'],
	['AcmePty', 'Acme\u200bPty'],
])('keys of one run that look alike (%j, %j) are one trunk, and a hint says which values won', async (one, other) => {
	sandbox = await openAccount();
	const scene = await sync([{ name: one, area: '02' }, { name: 'Else' }, { name: other, area: '03' }]);

	expect(scene.failed).toStrictEqual([]);
	expect(sandbox.trunks()).toMatchObject([{ area_code: '03' }, { description: 'Else' }]);
	expect(hintsOf(scene).join()).toContain(`2 items have the Description`);
	expect(hintsOf(scene).join()).toContain('the values of item 2 stand');
});

describe('a list that lags behind', () => {
	const suspend = { operation: 'suspend', ...trunkBy('id') };

	test('Create or Update again at once makes no second trunk', async () => {
		sandbox = await openAccount({ listLagMs: 3_000 });
		for (let again = 0; again < 3; again++) await sync([{ name: 'Acme' }]);
		expect(sandbox.trunks()).toHaveLength(1);
	});

	test('Suspend, then Enable with Only If Changed: sent', async () => {
		sandbox = await openAccount({ listLagMs: 3_000 });
		const trunk = sandbox.addTrunk({ enabled: true });
		await playOne(sandbox, suspend, { trunk: trunk.id });
		const { good } = await playOne(
			sandbox,
			{ operation: 'enable', ...trunkBy('id'), options: { onlyIfChanged: true } },
			{ trunk: trunk.id },
		);

		expect(good).toMatchObject([{ id: trunk.id, enabled: true }]);
		expect(stored(sandbox, trunk)?.enabled).toBe(true);
		expect(writes(sandbox)).toHaveLength(2);
	});

	test('Delete, then Create or Update: there is a trunk', async () => {
		sandbox = await openAccount({ listLagMs: 3_000 });
		const trunk = sandbox.addTrunk({ description: 'Acme' });
		await playOne(sandbox, { operation: 'delete', ...trunkBy('id') }, { trunk: trunk.id });
		const { good } = await sync([{ name: 'Acme' }]);

		expect(sandbox.trunks()).toMatchObject([{ id: good[0]?.id, description: 'Acme' }]);
		expect(good[0]?.id).not.toBe(trunk.id);
	});

	test('Update of the description, then Create or Update by the new one: no second trunk', async () => {
		sandbox = await openAccount({ listLagMs: 3_000 });
		const trunk = sandbox.addTrunk({ description: 'Acme' });
		await playOne(
			sandbox,
			{ operation: 'update', ...trunkBy('id'), updateFields: { description: 'Acme Pty' } },
			{ trunk: trunk.id },
		);
		await sync([{ name: 'Acme Pty' }]);
		expect(sandbox.trunks()).toHaveLength(1);
	});

	test('Update of the description that did not take, then Create or Update by the old one: no second trunk', async () => {
		sandbox = await openAccount({ ignoredSettings: ['description'] });
		const trunk = sandbox.addTrunk({ description: 'Acme' });
		await playOne(
			sandbox,
			{ operation: 'update', ...trunkBy('id'), updateFields: { description: 'New' } },
			{ trunk: trunk.id },
		);
		for (const name of ['Acme', 'New']) await sync([{ name }]);
		expect(sandbox.trunks()).toHaveLength(1);
	});

	test('a trunk that was made and is deleted elsewhere is not said to be unchanged', async () => {
		sandbox = await openAccount();
		const { good } = await sync([{ name: 'Acme' }]);
		await fetch(`${sandbox.url}/api/v1/sip-trunks/${String(good[0]?.id)}`, {
			method: 'DELETE',
			headers: { 'x-crazytel-api-key': sandbox.apiKey },
		});
		expect((await sync([{ name: 'Acme' }])).good).toStrictEqual([]);
	});

	test.each([0, 3])('a list of %d after one of ten is read a second time before it is believed', async (count) => {
		sandbox = await openAccount();
		const names = Array.from({ length: 10 }, (_, index) => `Customer ${index}`);
		for (const description of names) sandbox.addTrunk({ description });
		await sync([{ name: 'Customer 9' }]);
		const body = sandbox.trunks().slice(0, count).map(shownOf);
		sandbox.fault({ on: 'list', play: { status: 200, body } });
		const before = countOf(sandbox, 'list');
		await sync([{ name: 'Customer 8' }]);

		expect(sandbox.trunks()).toHaveLength(10);
		expect(countOf(sandbox, 'list') - before).toBe(2);
		await sync([{ name: 'Customer 8' }]);
		expect(countOf(sandbox, 'list') - before).toBe(3);
	});
});
