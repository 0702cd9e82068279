import type { INodeParameters } from 'n8n-workflow';

import { toldBy } from '../engine/scene';
import {
	type Aim,
	neverRight,
	nothing,
	numbers,
	type Target,
	targetsOf,
	type Wrong,
} from '../unit/resources/sipTrunk/wrongFields';
import { API_KEY, type Battlefield, goodCreate, goodUpdate, leaks, openBattlefield, PASSWORD } from './attack';

let field: Battlefield;
beforeAll(async () => {
	field = await openBattlefield();
});
beforeEach(() => field.sandbox.reset());
afterAll(async () => await field.close());

const targets = targetsOf(goodCreate, goodUpdate);
const { required, updateFields, additionalFields, options, switches } = targets;

/**
 * Each of the fields with one of the expressions in turn. What an expression yields meets every field
 * in test/unit/resources/sipTrunk/wrongTypes.test.ts; here n8n yields it, and each is met.
 */
function inTurn(fields: Target[], wrongs: Wrong[]): Array<[label: string, aim: Aim, expression: string]> {
	return fields.map(([label, aim], place) => [label, aim, wrongs[place % wrongs.length]?.[0] as string]);
}

async function refused(parameters: ReturnType<Aim>, ...labels: string[]): Promise<void> {
	const { errors, outputs, run } = await field.attack({ parameters: parameters as INodeParameters });
	expect(errors).toEqual([expect.any(String)]);
	expect(errors[0]).toMatch(new RegExp(labels.join('|')));
	expect(errors[0]?.length).toBeLessThan(2000);
	expect(Object.keys(outputs[0]?.json ?? {})).toEqual(['error', 'details']);
	expect(field.writes()).toEqual([]);
	expect(leaks(run, [API_KEY, PASSWORD])).toEqual([]);
}

describe.each(inTurn([...required, ...updateFields, ...additionalFields, ...options], neverRight))(
	'%s (%#)',
	(label, aim, wrong) => {
		test.each([wrong])('%s is refused by the name of the field, and nothing is written', async (expression) => {
			await refused(aim(expression), label);
		});
	},
);

describe.each([...required, ...updateFields.slice(0, 1), ...additionalFields.slice(0, 1), ...options.slice(0, 1)])(
	'%s (%#)',
	(label, aim) => {
		test.each([
			['to a node that does not exist', "={{ $('No such node').item.json.x }}"],
			['with a mistake in its syntax', '={{ $json. }}'],
			['that is a function', '={{ () => true }}'],
		])('an expression %s names the field or its group, and nothing is written', async (_name, expression) => {
			// n8n resolves a group of fields as one, and says no more than the group.
			await refused(aim(expression), label, 'Update Fields', 'Additional Fields', 'Options');
		});
	},
);

describe.each(inTurn([...required, ...updateFields], nothing))('%s that is needed (%#)', (label, aim, wrong) => {
	test.each([wrong])('%s is refused, and nothing is written', async (expression) => {
		await refused(aim(expression), label);
	});
});

const isSwitch = ([label]: Target) => switches.includes(label);

describe.each(inTurn(additionalFields.filter(isSwitch), nothing))(
	'%s that is on or off, in a new trunk',
	(label, aim, wrong) => {
		test.each([wrong])('%s is refused: left out, it might be on', async (expression) => {
			await refused(aim(expression), label);
		});
	},
);

describe.each(
	inTurn(
		additionalFields.filter((target) => !isSwitch(target)),
		nothing,
	),
)('%s that is optional', (_label, aim, wrong) => {
	test.each([wrong])('%s leaves it out of the new trunk', async (expression) => {
		const { errors } = await field.attack({ parameters: aim(expression) as INodeParameters });
		expect(errors).toEqual([undefined]);
		expect(field.writes().map(({ body }) => Object.keys(body as object).sort())).toEqual([
			['caller_id_number', 'password'],
		]);
	});
});

describe.each(inTurn(targets.numberless, numbers))('%s', (label, aim, wrong) => {
	test.each([wrong])('the number %s is refused', async (expression) => {
		await refused(aim(expression), label);
	});
});

test('the same workflows with good values are carried out, so the refusals above mean something', async () => {
	for (const parameters of [goodCreate, goodUpdate, { operation: 'suspend', trunk: goodUpdate.trunk ?? '' }]) {
		const { errors } = await field.attack({ parameters });
		expect(errors).toEqual([undefined]);
	}
	expect(field.writes().map(({ method }) => method)).toEqual(['POST', 'PATCH', 'PATCH']);
});

test('in stop mode a bad item stops the run before the good ones are written, with the name of the field', async () => {
	const { run } = await field.attack({
		parameters: { ...goodCreate, additionalFields: { areaCode: '={{ $json.area }}' } },
		items: [{ area: '02' }, { area: 3 }, { area: { code: '02' } }],
		onError: 'stopWorkflow',
	});
	expect(toldBy(run.data.resultData.error)).toMatch(
		/^Area Code an object is not an Australian area code\. Use 02, 03, 07 or 08\. Nothing was written: /,
	);
	expect(field.writes()).toEqual([]);
	expect(leaks(run, [API_KEY, PASSWORD])).toEqual([]);
});
