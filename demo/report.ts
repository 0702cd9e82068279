/* eslint-disable @n8n/community-nodes/no-restricted-imports -- runs outside n8n, on Node itself */
import Table from 'cli-table3';
import { styleText } from 'node:util';

import type { IDataObject } from 'n8n-workflow';

import { formsOf } from '../nodes/Crazytel/input/numberForms';
import { numberIn } from '../nodes/Crazytel/resources/phoneNumber/entry';
import type { Trunk } from '../nodes/Crazytel/resources/shared/trunks/endpoints';
import type { Changes } from '../nodes/Crazytel/run/differences';
import { type BillLine, dollars, priceIn } from './bill';
import type { Outcome } from './workflows';

/** How the tables are drawn. */
export interface Layout {
	/** Characters in a line, borders included. */
	width: number;
	colours: boolean;
}

/** Where long cells leave less than this to the last column, the table is wider than it should be. */
const NARROWEST = 20;

/** A column that is as wide as its widest cell, or takes what the others leave. */
interface Column<Row> {
	heading: string;
	cell(row: Row): string;
	takesTheRest?: true;
	colour?(row: Row): 'green' | 'red' | 'yellow';
}

/** A row of a CSV file and what became of it. */
interface ReportedRow {
	row: number;
	customer: string;
	phone?: string;
	outcome: Outcome;
}

/**
 * A table of what happened to each row. Of a trunk it takes the username only: a new one also
 * holds its password.
 *
 * @param verb what was done to a trunk, e.g. `created`
 */
export function outcomeTable(
	rows: Array<{ row: number; customer: string; phone?: string }>,
	outcomes: Outcome[],
	verb: (trunk: IDataObject) => string,
	layout: Layout,
): string {
	const reported = rows.flatMap((row) => {
		const outcome = outcomes.find((candidate) => candidate.row === row.row);
		return outcome === undefined ? [] : [{ ...row, outcome }];
	});
	const columns: Array<Column<ReportedRow>> = [
		{ heading: 'Row', cell: ({ row }) => String(row) },
		{ heading: 'Customer', cell: ({ customer }) => customer },
		{ heading: 'Number in the file', cell: ({ phone = '' }) => phone },
		{
			heading: 'Outcome',
			takesTheRest: true,
			cell: ({ outcome }) =>
				'error' in outcome
					? outcome.error
					: `${verb(outcome.trunk)} ${String(outcome.trunk.username ?? outcome.trunk.id)}${changesOf(outcome.trunk)}`,
			colour: ({ outcome }) => ('error' in outcome ? 'red' : 'green'),
		},
	];
	const hasNumbers = rows.some(({ phone }) => phone !== undefined);
	return draw(reported, hasNumbers ? columns : columns.filter(({ heading }) => !heading.startsWith('Number')), layout);
}

/** What Create or Update did to a trunk. */
export function syncVerb({ changed, changes }: IDataObject): 'created' | 'changed' | 'left alone' {
	if (changed !== true) return 'left alone';
	return (changes as Changes).description?.from === null ? 'created' : 'changed';
}

/** @returns e.g. `: hide_caller_id false → true` for a trunk that was changed */
function changesOf(trunk: IDataObject): string {
	if (syncVerb(trunk) !== 'changed') return '';
	const changes = Object.entries(trunk.changes as Changes);
	return `: ${changes.map(([setting, { from, to }]) => `${setting} ${String(from)} → ${String(to)}`).join(', ')}`;
}

/** A table of all trunks of an account. */
export function trunkTable(trunks: Trunk[], layout: Layout): string {
	const text = (value: unknown) => (value === null || value === undefined ? '' : String(value));
	return draw(
		trunks,
		[
			{ heading: 'Username', cell: ({ username }) => text(username) },
			{ heading: 'Description', cell: ({ description }) => text(description), takesTheRest: true },
			{ heading: 'Caller ID', cell: ({ caller_id_number: callerId }) => text(callerId) },
			{
				heading: 'Enabled',
				cell: ({ enabled }) => (enabled === false ? 'no, suspended' : 'yes'),
				colour: ({ enabled }) => (enabled === false ? 'yellow' : 'green'),
			},
		],
		layout,
	);
}

/** A table of numbers that are on offer. */
export function offerTable(offers: IDataObject[], layout: Layout): string {
	return draw(
		offers,
		[
			{ heading: 'Number on offer', cell: (offer) => formsOf(numberIn(offer) ?? '')[0] },
			{ heading: 'City', cell: ({ city }) => String(city ?? ''), takesTheRest: true },
			{ heading: 'Setup', cell: ({ setup_cost: setup }) => dollars(priceIn(setup)) },
			{ heading: 'A month', cell: ({ monthly_cost: month }) => dollars(priceIn(month)) },
		],
		layout,
	);
}

/** A table of what is charged. */
export function billTable(bill: BillLine[], layout: Layout): string {
	return draw(
		bill,
		[
			{ heading: 'For', cell: ({ what }) => what, takesTheRest: true },
			{ heading: 'Now', cell: ({ now }) => dollars(now) },
			{ heading: 'Each month after', cell: ({ monthly }) => (monthly === 0 ? '' : dollars(monthly)) },
		],
		layout,
	);
}

/** A table of operations, each with what it gave. */
export function stepTable(steps: Array<{ step: string; output: IDataObject }>, layout: Layout): string {
	return draw(
		steps,
		[
			{ heading: 'Operation', cell: ({ step }) => step },
			{
				heading: 'Output',
				cell: ({ output }) => gist(output),
				takesTheRest: true,
				colour: ({ output }) => (output.dryRun === true ? 'yellow' : 'green'),
			},
		],
		layout,
	);
}

/** What tells most of an output. */
function gist(output: IDataObject): string {
	const { method, path } = (output.request ?? {}) as IDataObject;
	if (output.dryRun === true) return `dry run, not sent: ${String(method)} ${String(path)}`;
	const telling = ['status', 'from', 'to'].every((field) => field in output)
		? ['status', 'from', 'to']
		: ['did_number', 'alreadyOwned', 'primary_route', 'primary_destination'];
	return telling
		.filter((field) => field in output)
		.map((field) => `${field} ${String(output[field])}`)
		.join(', ');
}

/** How many outcomes are a success, as in `10 of 12 trunks created`. */
export function countOf(outcomes: Outcome[], verb: string): string {
	return `${outcomes.filter(succeeded).length} of ${outcomes.length} trunks ${verb}`;
}

export function succeeded(outcome: Outcome): outcome is Extract<Outcome, { trunk: unknown }> {
	return 'trunk' in outcome;
}

function draw<Row>(rows: Row[], columns: Array<Column<Row>>, { width, colours }: Layout): string {
	const padding = 2;
	const needed = columns.map(
		({ heading, cell }) => padding + Math.max(heading.length, ...rows.map((row) => cell(row).length)),
	);
	const borders = columns.length + 1;
	const others = needed.filter((_, index) => !columns[index]?.takesTheRest);
	const rest = Math.max(width - borders - others.reduce((sum, each) => sum + each, 0), NARROWEST);
	const paint = (text: string, colour: 'green' | 'red' | 'yellow' | 'bold' | undefined) =>
		colours && colour !== undefined ? styleText(colour, text, { validateStream: false }) : text;

	const table = new Table({
		head: columns.map(({ heading }) => paint(heading, 'bold')),
		colWidths: columns.map(({ takesTheRest }, index) => (takesTheRest ? rest : (needed[index] ?? 0))),
		wordWrap: true,
		// Its own colours do not ask whether the output is a terminal.
		style: { head: [], border: [], compact: true },
	});
	table.push(...rows.map((row) => columns.map(({ cell, colour }) => paint(cell(row), colour?.(row)))));
	return table.toString();
}
