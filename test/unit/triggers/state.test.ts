import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';

import { sealOf } from '../../../nodes/Crazytel/triggers/sealed';
import { memoryOf } from '../../../nodes/Crazytel/triggers/state';

const schema = z.object({ count: z.number() });
const origin = { event: 'one', account: 'a', query: { limit: 1 } };
let node = 0;
const stateIn = (data: IDataObject, of = origin, name = `node ${node}`) => memoryOf(data, name, of, schema).state;

beforeEach(() => void node++);

test('is what the last poll left, for the same event, account and fields', () => {
	const data: IDataObject = {};
	expect(stateIn(data)).toBeUndefined();
	memoryOf(data, `node ${node}`, origin, schema).leave({ count: 3 }, true);
	expect(stateIn(data)).toEqual({ count: 3 });
	for (const other of [{ event: 'two' }, { account: 'b' }, { query: { limit: 2 } }])
		expect(stateIn(data, { ...origin, ...other })).toBeUndefined();
	expect(stateIn(data)).toEqual({ count: 3 });
});

test.each([
	['nothing', {}],
	['a text', { poll: 'x' }],
	['null', { poll: null }],
	['another version', { poll: { v: 2, ...origin, query: 'x', state: { count: 1 } } }],
	['without its origin', { poll: { v: 1, state: { count: 1 } } }],
])('%s in the place of a state is none', (_name, data) => {
	expect(stateIn(data as IDataObject)).toBeUndefined();
});

test('a state in another form is none', () => {
	const data: IDataObject = {};
	memoryOf(data, `node ${node}`, origin, schema).leave({ count: 3 }, true);
	((data.poll as IDataObject).state as IDataObject).count = 'three';
	expect(stateIn(data)).toBeUndefined();
});

test('what a poll has left that gave nothing counts, where n8n shows again what it began with', () => {
	const saved: IDataObject = {};
	memoryOf(saved, `node ${node}`, origin, schema).leave({ count: 1 }, true);
	const copy = () => JSON.parse(JSON.stringify(saved)) as IDataObject;
	memoryOf(copy(), `node ${node}`, origin, schema).leave({ count: 2 }, false);
	expect(stateIn(copy())).toEqual({ count: 2 });
	// Another process knows nothing of that, and neither does one that has given something since.
	expect(stateIn(copy(), origin, 'elsewhere')).toEqual({ count: 1 });
	memoryOf(copy(), `node ${node}`, origin, schema).leave({ count: 3 }, true);
	expect(stateIn(copy())).toEqual({ count: 1 });
});

test('of very many nodes the first are forgotten', () => {
	const data = (): IDataObject => ({});
	for (let one = 0; one < 1_001; one++) memoryOf(data(), `many ${one}`, origin, schema).leave({ count: one }, false);
	expect(stateIn(data(), origin, 'many 0')).toBeUndefined();
	expect(stateIn(data(), origin, 'many 1000')).toEqual({ count: 1000 });
});

test('what is sealed is read with the same key alone, and not when it was changed', () => {
	const { seal, unseal, hash } = sealOf('key');
	const sealed = seal('61291234567 Zoë');
	expect(sealed).not.toContain('6129');
	expect(unseal(sealed)).toBe('61291234567 Zoë');
	expect(seal('61291234567 Zoë')).not.toBe(sealed);
	expect(sealOf('other').unseal(sealed)).toBeUndefined();
	for (const damaged of ['', 'x', sealed.slice(4), sealed.slice(0, -8), `A${sealed}`])
		expect(unseal(damaged)).toBeUndefined();
	expect(hash('a', 4)).toHaveLength(4);
	expect(sealOf('other').hash('a', 8)).not.toBe(hash('a', 8));
});
