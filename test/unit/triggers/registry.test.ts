import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { CrazytelTrigger } from '../../../nodes/Crazytel/CrazytelTrigger.node';
import { events, properties } from '../../../nodes/Crazytel/triggers';

/** The fields of every event with their defaults, which saved workflows depend on. Never change a line; add some. */
const CONTRACT: Record<string, { fields: Record<string, unknown>; options: Record<string, unknown> }> = {
	balanceLow: { fields: { threshold: 10 }, options: { remindEvery: 24 } },
	callRecordAdded: {
		fields: { types: ['did', 'smsIn', 'smsOut', 'voice'] },
		options: { extension: '', includePast: 0, longestCall: 4, minimumCost: 0, simplify: true },
	},
	numberVerified: { fields: {}, options: {} },
	spendHigh: { fields: { limit: 20, per: 'account', window: 'hour' }, options: {} },
	trunkChanged: { fields: { changes: ['changed', 'created', 'enabled', 'gone', 'suspended'] }, options: {} },
};

const defaultsOf = (fields: INodeProperties[]) =>
	Object.fromEntries(fields.map(({ name, default: value }) => [name, value]));

test('the names, values and defaults that workflows are saved with', () => {
	const { name, version, polling, inputs } = new CrazytelTrigger().description;
	expect({ name, version, polling, inputs }).toEqual({
		name: 'crazytelTrigger',
		version: 1,
		polling: true,
		inputs: [],
	});
	expect(
		Object.fromEntries(
			events.map(({ value, properties: fields, options }) => [
				value,
				{ fields: defaultsOf(fields), options: defaultsOf(options) },
			]),
		),
	).toEqual(CONTRACT);
	expect(properties[0]).toMatchObject({ name: 'event', default: 'balanceLow' });
});

test('each field is shown for its event alone, and the menu has them in the order of their names', () => {
	for (const { name, displayOptions } of properties.slice(1).filter(({ type }) => type !== 'notice')) {
		const shown = displayOptions?.show?.event as string[];
		const event = events.find(({ value }) => value === shown[0]);
		expect([name, shown.length]).toEqual([name, 1]);
		expect(
			name === 'options' ? event?.options.length : event?.properties.some((field) => field.name === name),
		).toBeTruthy();
	}
	const names = (properties[0]?.options as INodePropertyOptions[]).map((option) => option.name);
	expect(names).toEqual([...names].sort());
	for (const { options } of events) {
		const shown = options.map(({ displayName }) => displayName);
		expect(shown).toEqual([...shown].sort());
	}
});

test('what is a preview says so in the menu and, above its fields, in the form', () => {
	const menu = properties[0]?.options as INodePropertyOptions[];
	const previews = menu.filter(({ description }) => description?.includes('preview'));
	expect(previews.map(({ value }) => value)).toEqual(['callRecordAdded', 'spendHigh']);
	const notices = properties.filter(({ type }) => type === 'notice');
	for (const { value, description } of previews) {
		const [first, ...others] = properties.filter(({ displayOptions }) => displayOptions?.show?.event?.includes(value));
		expect(others.length).toBeGreaterThan(0);
		expect([first?.type, first?.default]).toEqual(['notice', '']);
		expect(first?.displayName).toMatch(/^A preview: it rests on what Crazytel does not document, such as .+\.$/);
		expect(description).toMatch(/ \(preview\)$/);
	}
	expect(notices).toHaveLength(previews.length);
});
