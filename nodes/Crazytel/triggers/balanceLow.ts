import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { z } from 'zod';

import { readAll } from '../input/invalidInput';
import { HOUR_MS, type Moment } from '../input/moment';
import { balance as balanceRequest } from '../resources/account/endpoints';
import type { Event, Look } from './event';
import { readNumber } from './fields';

/** How far above the threshold a balance must rise before it can be low again, as a part of the threshold. */
const MARGIN = 0.1;

/** Crazytel counts in hundredths of a cent (docs/crazytel-api.md#account). */
const PLACES = 10_000;

const threshold: INodeProperties = {
	displayName: 'Threshold',
	name: 'threshold',
	type: 'number',
	default: 10,
	hint: 'In dollars',
	description:
		'The balance in dollars below which the workflow starts; it can start anew once the balance was 10 percent above it',
};

const remindEvery: INodeProperties = {
	displayName: 'Remind Every (Hours)',
	name: 'remindEvery',
	type: 'number',
	typeOptions: { minValue: 0 },
	default: 24,
	description: 'After how many hours the workflow starts again while the balance stays low; 0 for never',
};

const state = z.object({
	/** Whether it was low, and was not well above the threshold since. */
	isLow: z.boolean(),
	/** When that was told last, by our clock. */
	toldAt: z.number(),
	balance: z.number(),
});

type State = z.infer<typeof state>;

/** Before the telephones stop: a balance below zero stops all calls. */
export const balanceLow: Event<State> = {
	value: 'balanceLow',
	name: 'Balance Low',
	description: 'The balance of the account has fallen below a threshold',
	properties: [threshold],
	options: [remindEvery],
	state,
	noExample: 'Crazytel shows no balance for this account.',
	prepare(settings) {
		const { below, hours } = readAll({
			below: () => readNumber(threshold, settings.parameter(threshold.name), { of: 'dollars', example: '10' }),
			hours: () =>
				readNumber(remindEvery, settings.option(remindEvery), { least: 0, of: 'hours', example: '24, or 0 for never' }),
		});
		return {
			query: { threshold: below },
			async poll(look, before) {
				const { accountCode, balance } = await readBalance(look);
				const isLow = balance < below || (before?.isLow === true && balance < armedAt(below));
				const isNew = balance < below && before?.isLow !== true;
				const isDue =
					balance < below && hours > 0 && Math.abs(look.now - (before?.toldAt ?? look.now)) >= hours * HOUR_MS;
				const tells = isNew || isDue;
				const item: IDataObject = {
					accountCode,
					balance,
					threshold: below,
					previousBalance: before?.balance ?? null,
					reminder: !isNew,
				};
				return { items: tells ? [item] : [], state: { isLow, toldAt: told(tells, look.now, before), balance } };
			},
			async example(look) {
				const { accountCode, balance } = await readBalance(look);
				// First, as the editor's table shows few columns: a balance that is not low looks like an event.
				const wouldFire = balance < below;
				return { wouldFire, accountCode, balance, threshold: below, previousBalance: null, reminder: false };
			},
		};
	},
};

function told(tells: boolean, now: Moment, before: State | undefined): Moment {
	return tells || before === undefined ? now : before.toldAt;
}

function armedAt(below: number): number {
	return Math.round((below + Math.abs(below) * MARGIN) * PLACES) / PLACES;
}

async function readBalance(look: Look): Promise<{ accountCode: string | null; balance: number }> {
	const { account_code: code, balance } = await look.read(balanceRequest);
	return { accountCode: code === undefined || code === null ? null : String(code), balance: Number(balance) };
}
