import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { ApiError } from '../../../../nodes/Crazytel/api/apiError';
import type { ReadRequest } from '../../../../nodes/Crazytel/api/request';
import type { Event, Look, Polled, Settings, Watch } from '../../../../nodes/Crazytel/triggers/event';
import { sealOf } from '../../../../nodes/Crazytel/triggers/sealed';
import { defaultSwitches, type StoredCallRecord } from '../../../../sandbox';
import type { CallRecordSwitches } from '../../../../sandbox/callRecordSwitches';
import { listCallRecords } from '../../../../sandbox/callRecords';

/** More requests than any poll can need. */
const ENDLESS = 200;

export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;
export const NOON = Date.UTC(2026, 10, 20, 12);

/** An account with call records, as the sandbox lists them, and what a poll sees of it. */
export class Account {
	records: StoredCallRecord[] = [];
	trunks: Array<{ id: string; username: string }> = [];
	switches: Partial<CallRecordSwitches> = {};
	now = NOON;
	/** The queries of the poll. */
	queries: URLSearchParams[] = [];
	warnings: string[] = [];
	/** Which request of a poll fails, from 1; 0 is none. */
	failsAt = 0;
	/** What becomes of an answer's rows. @param nth of the poll, from 1 */
	twist: (rows: unknown[], nth: number) => unknown[] = (rows) => rows;
	/** How much time a request takes, of the hundred seconds of a poll. */
	slowMs = 0;

	look(): Look {
		this.queries = [];
		return {
			...sealOf('account'),
			read: async <Answer>(request: ReadRequest<Answer>) => this.answer(request),
			now: this.now,
			msLeft: () => 100_000 - this.queries.length * this.slowMs,
			warn: (message) => this.warnings.push(message),
		};
	}

	private answer<Answer>({ endpoint, path, query = {} }: ReadRequest<Answer>): Answer {
		const asked = new URLSearchParams(query as Record<string, string>);
		if (this.queries.push(asked) > ENDLESS) throw new Error('It asks without end.');
		if (this.queries.length === this.failsAt)
			throw new ApiError('Crazytel failed (500).', '', 'uncertain', { httpCode: '500' });
		if (path.includes('sip-trunks')) return endpoint.read(this.trunks) as Answer;
		const { status, text } = listCallRecords(this.records, asked, {
			...defaultSwitches,
			callRecords: { ...defaultSwitches.callRecords, ...this.switches },
		});
		if (status !== 200) throw new ApiError(text, '', 'refused', { httpCode: String(status) });
		return endpoint.read(this.twist(JSON.parse(text) as unknown[], this.queries.length)) as Answer;
	}
}

/** The fields as a workflow has them; what is not named is as it is in a new node. */
export function settingsOf(event: Event<never> | Event, values: IDataObject = {}, options: IDataObject = {}): Settings {
	const defaults = Object.fromEntries(
		event.properties.map(({ name, default: otherwise }: INodeProperties) => [name, otherwise]),
	);
	return {
		parameter: (name) => ({ ...defaults, ...values })[name],
		option: ({ name, default: otherwise }) => (Object.hasOwn(options, name) ? options[name] : otherwise),
	};
}

/** A node that polls; what it knows goes through JSON and the event's schema each time. */
export class Poller<State> {
	saved: string | undefined;
	/** The largest state that was saved, in bytes. */
	largest = 0;

	constructor(
		private readonly event: Event<State>,
		readonly account: Account,
		private watch: Watch<State>,
	) {}

	/** Other fields, as after an edit of the workflow that keeps the state. */
	becomes(watch: Watch<State>): void {
		this.watch = watch;
	}

	get state(): State | undefined {
		return this.saved === undefined ? undefined : this.event.state.parse(JSON.parse(this.saved));
	}

	async poll(): Promise<IDataObject[]> {
		const { items, state }: Polled<State> = await this.watch.poll(this.account.look(), this.state);
		this.saved = JSON.stringify(state);
		this.largest = Math.max(this.largest, this.saved.length);
		return items;
	}
}

export function pollerOf<State>(
	event: Event<State>,
	account: Account,
	values: IDataObject = {},
	options: IDataObject = {},
): Poller<State> {
	return new Poller(event, account, event.prepare(settingsOf(event as Event, values, options)));
}

export function recordAt(
	at: number | null,
	columns: Record<string, unknown> = {},
	more: Partial<StoredCallRecord> = {},
): StoredCallRecord {
	return { at, type: 'voice', extension: 'CT100001', columns, ...more };
}
