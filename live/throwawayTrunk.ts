import { randomBytes } from 'node:crypto';
import { descriptionForms } from '../sandbox/careless';
import { assumptions, type Finding } from './assumptions';
import { PACE_MS } from './check';
import { judge, type Judged } from './report';
import { pagingOf } from './paging';
import { isObject, listOf, records, type Answers, type Seen } from './seen';
import { shapeOf, type Shape } from './shapes';
import { errorShapeOf } from './assumptions/account';
import { saidBy } from './report';
import { maskText } from './words';
import type { Write, Written } from './write';

type Trunk = Record<string, unknown>;

export interface ThrowawayOptions {
	/** What the check has read: the first verified number becomes the caller ID. */
	answers: Answers;
	write: (write: Write) => Promise<Written>;
	list: () => Promise<Seen>;
	/** Updates the description with the package's own node. @returns an error's words, or undefined when it said that it was done */
	updateByNode: (id: string, description: string) => Promise<string | undefined>;
	pause: (ms: number) => Promise<void>;
	/** Whether the person has stopped it: what is left to do is to delete. */
	isStopped: () => boolean;
	onStep?: (words: string) => void;
	/** Told before anything is created: how the trunk can be found, should the process be ended. */
	onStart?: (words: string) => void;
}

/** One step without anything of the account. */
export interface ThrowawayStep {
	step: string;
	status: number;
	kind: string;
	shape?: Shape;
	said?: string;
}

export interface ThrowawayResult {
	verdicts: Judged[];
	steps: ThrowawayStep[];
	/** What the person has to look after; undefined where nothing is left. */
	left?: string;
	/** Why nothing, or not all, was tried. */
	ended?: string;
}

/** So often a list is looked at for what was written. */
const LOOKS = 6;
/** After a 429: by then every kind of minute is over. */
const REST_MS = 61_000;

/** It shows what services make of a text: two spaces, entities, capitals, letters in two forms, length. */
export function telltale(mark: string): string {
	return `${mark}  A"b&<c> \u00c9 e\u0301 ${'x'.repeat(1_000)}`.slice(0, 1_000);
}

/** What has become of a text, as the sandbox's switch descriptionForm plays it. */
export function formOf(sent: string, kept: string): string | number | undefined {
	const found = Object.entries(descriptionForms).find(([, form]) => form(sent) === kept)?.[0];
	return found ?? (kept.length > 0 && sent.startsWith(kept) ? kept.length : undefined);
}

function verifiedNumber({ verified }: Answers): string | undefined {
	const list = listOf(verified);
	const numbers = (list?.rows ?? [])
		.flatMap((row) => (isObject(row) ? Object.values(row) : [row]))
		.map((value) => (typeof value === 'number' ? String(value) : value));
	return numbers.find((value): value is string => typeof value === 'string' && /^61\d{9}$/.test(value));
}

const isDone = ({ status }: Written): boolean => status >= 200 && status < 300;
const isRefused = ({ status }: Written): boolean => status >= 400 && status < 500;
/** Refused for what was sent, and not for the key, the address or the pace. */
const isInvalid = ({ status }: Written): boolean => status === 400 || status === 422;

/** The ID of a trunk. One that could lead to another address, such as an empty one or dots, is none. */
function idOf(trunk: unknown): string | undefined {
	const id = isObject(trunk) ? trunk.id : undefined;
	return typeof id === 'string' && /^[A-Za-z0-9_-]{1,64}$/.test(id) ? id : undefined;
}

const restAfter = (status: number): number => (status === 429 ? REST_MS : PACE_MS);

/**
 * Creates one suspended trunk, changes it in each way that is not documented, and deletes it, whatever happens.
 *
 * Only a trunk is changed or deleted that was not in the list before, and that was shown with the description sent. Where
 * no whole list can be read, nothing is created.
 *
 * @returns what was seen of the assumptions that only a write shows. Never throws for what a server does
 */
export async function tryThrowawayTrunk(options: ThrowawayOptions): Promise<ThrowawayResult> {
	const { answers, write, list, updateByNode, pause, isStopped, onStep, onStart } = options;
	const findings: Record<string, Finding> = {};
	const steps: ThrowawayStep[] = [];
	const mark = `n8n live check ${randomBytes(4).toString('hex')}`;
	const callerId = verifiedNumber(answers);
	if (callerId === undefined)
		return {
			verdicts: [],
			steps,
			ended: 'No verified number of the form 61 and nine digits could be read, so no trunk can be created.',
		};

	let lagMs = 0;
	let isListed = true;
	let isLimited = false;
	const nodeFailures: string[] = [];

	function note(step: string, { status, kind, body }: Written): void {
		const said = saidBy({ status, body });
		steps.push({
			step,
			status,
			kind,
			...(kind === 'json' && { shape: shapeOf(body) }),
			...(said !== undefined && { said }),
		});
	}

	async function send(step: string, request: Write): Promise<Written> {
		onStep?.(step);
		const written = await write(request);
		note(step, written);
		if (written.status === 429) isLimited = true;
		await pause(restAfter(written.status));
		return written;
	}

	/** The trunks as the list shows them now. */
	async function listed(): Promise<Trunk[] | undefined> {
		const seen = await list();
		await pause(restAfter(seen.status));
		const found = listOf(seen);
		return found === undefined ? undefined : records(found);
	}

	/** The IDs of all trunks; undefined where there may be others. */
	async function idsBefore(): Promise<Set<string> | undefined> {
		const seen = await list();
		await pause(restAfter(seen.status));
		const rows = listOf(seen)?.rows;
		if (rows === undefined || pagingOf(seen)?.goesOn === true) return undefined;
		const ids = rows.map(idOf).filter((id) => id !== undefined);
		return ids.length === rows.length ? new Set(ids) : undefined;
	}

	/** Whether a trunk is one that the create made: nobody else's has this description, and none of those before is it. */
	function isOurs(trunk: unknown): boolean {
		const id = idOf(trunk);
		return id !== undefined && before?.has(id) === false && isObject(trunk) && trunk.description === mark;
	}

	/** The list with the new trunk in it, and after how many waits. */
	async function find(
		isIt: (trunk: Trunk) => boolean,
		looks: number,
	): Promise<{ trunks: Trunk[]; waits: number } | undefined> {
		for (let waits = 0; waits < looks; waits++) {
			const trunks = await listed();
			if (trunks?.some(isIt)) return { trunks, waits };
		}
		return undefined;
	}

	/** The trunk as it is now, from the list, or from an answer where there is no list. */
	async function look(id: string, written?: Written): Promise<Trunk | undefined> {
		if (!isListed)
			return written !== undefined && isObject(written.body) && idOf(written.body) === id ? written.body : undefined;
		if (lagMs > 0) await pause(lagMs);
		return (await listed())?.find((trunk) => idOf(trunk) === id);
	}

	async function update(
		step: string,
		id: string,
		body: Record<string, unknown>,
	): Promise<{ written: Written; trunk: Trunk | undefined }> {
		const written = await send(step, { method: 'PATCH', id, body });
		return { written, trunk: isDone(written) ? await look(id, written) : undefined };
	}

	async function tryNode(id: string, description: string): Promise<void> {
		let failure: string | undefined;
		try {
			failure = await updateByNode(id, description);
		} catch (error) {
			nodeFailures.push(`The package's own node could not be run here (${maskText(String(error))}).`);
			return;
		}
		const trunk = await look(id);
		if (trunk === undefined) return;
		const isTrue = (failure === undefined) === (trunk.description === description);
		findings['update-by-node'] = {
			isAsAssumed: failure === undefined && isTrue,
			saw: `${failure === undefined ? 'the node said done' : 'the node said that it failed'}, and ${isTrue ? 'it was so' : 'it was not so'}`,
		};
	}

	async function changeIt(id: string): Promise<void> {
		const sent = telltale(mark);
		const settings = { area_code: '02', hide_caller_id: true, softphone_show_balance: false, softphone_sync_sms: true };
		const first = await update('update of the description', id, { description: sent });
		if (isDone(first.written)) findings['update-answer'] = { switches: { updateAnswer: answerOf(first.written, id) } };
		const kept = first.trunk?.description;
		const form = typeof kept === 'string' ? formOf(sent, kept) : undefined;
		if (typeof kept === 'string')
			findings['description-form'] =
				form === undefined
					? { isAsAssumed: false, saw: 'a description that was changed in another way' }
					: { switches: { descriptionForm: form } };
		if (isStopped() || isLimited) return;

		const second = await update('update of four settings', id, settings);
		if (second.trunk !== undefined) {
			const ignored = Object.entries(settings)
				.filter(([name, value]) => Object.hasOwn(second.trunk ?? {}, name) && second.trunk?.[name] !== value)
				.map(([name]) => name);
			findings['update-answer'] = { switches: { ...findings['update-answer']?.switches, ignoredSettings: ignored } };
		}
		if (isStopped() || isLimited) return;

		const byNode = `${mark} by the node`;
		onStep?.("update by the package's own node");
		await tryNode(id, byNode);
		if (isStopped() || isLimited) return;

		const clear: Record<string, string> = {};
		const emptied = await update('update with an empty description', id, { description: '' });
		if (isInvalid(emptied.written)) clear.emptyText = 'refused';
		else if (emptied.trunk !== undefined) {
			const now = emptied.trunk.description;
			clear.emptyText = now === '' ? 'stored' : now === null || now === undefined ? 'null' : 'ignored';
		}
		const nulled = await update('update with null', id, { area_code: null });
		if (isInvalid(nulled.written)) clear.nullSetting = 'refused';
		else if (nulled.trunk !== undefined)
			clear.nullSetting = [null, undefined, ''].includes(nulled.trunk.area_code as null) ? 'clears' : 'ignored';
		if (Object.keys(clear).length > 0) findings['trunk-clear'] = { switches: clear };
		if (isStopped() || isLimited) return;

		const unknown = await update('update with an unknown setting', id, { live_check: true });
		if (isInvalid(unknown.written)) findings['trunk-unknown-settings'] = { switches: { unknownSettings: 'refused' } };
		else if (unknown.trunk !== undefined)
			findings['trunk-unknown-settings'] = {
				switches: { unknownSettings: Object.hasOwn(unknown.trunk, 'live_check') ? 'kept' : 'ignored' },
			};

		await send('update of nothing', { method: 'PATCH', id, body: {} });
		await send('update with a password that is too short', { method: 'PATCH', id, body: { password: 'short' } });
		await send('update with a caller ID that is not verified', {
			method: 'PATCH',
			id,
			body: { caller_id_number: '61200000000' },
		});
	}

	/** Deletes it. @returns whether it is gone, as far as can be told */
	async function remove(id: string): Promise<boolean> {
		for (let tries = 0; tries < 3; tries++) {
			const written = await send(tries === 0 ? 'delete' : 'delete again', { method: 'DELETE', id });
			if (tries === 0) {
				if (isDone(written))
					findings['trunk-delete'] = {
						switches: { deleteEndpoint: 'present' },
						saw: `status ${String(written.status)}`,
					};
				else if (written.status === 404 || written.status === 405)
					findings['trunk-delete'] = { switches: { deleteEndpoint: written.status } };
			}
			if (isDone(written) && !isListed) return true;
			if (isListed) {
				if (lagMs > 0) await pause(lagMs);
				const trunks = await listed();
				if (trunks !== undefined && !trunks.some((trunk) => idOf(trunk) === id)) {
					if (isDone(written)) await send('delete of what is gone', { method: 'DELETE', id });
					return true;
				}
			}
			if (written.status === 405) return false;
		}
		return false;
	}

	function verdicts(): Judged[] {
		return assumptions.flatMap((assumption) => {
			const finding = findings[assumption.id];
			return finding === undefined ? [] : [judge(assumption, finding)];
		});
	}

	const whatToDo = `Look in the Crazytel portal for a trunk with the description “${mark}…” and delete it there.`;
	const before = await idsBefore();
	if (before === undefined)
		return {
			verdicts: [],
			steps,
			ended: 'All trunks could not be listed, so a new one could not be told from the others. Nothing was created.',
		};
	if (isStopped()) return { verdicts: [], steps, ended: 'Stopped by you. Nothing was created.' };
	onStart?.(
		`If this is cut short: look in the Crazytel portal for a trunk with the description “${mark}…” and delete it there.`,
	);
	const password = `Aa1${randomBytes(12).toString('hex')}`;
	const created = await send('create', {
		method: 'POST',
		body: { password, caller_id_number: callerId, enabled: false, description: mark },
	});
	const shown = isDone(created) && isObject(created.body) ? created.body : {};
	const named = idOf(shown);
	if (isDone(created)) {
		findings['create-status'] = [200, 201].includes(created.status)
			? { switches: { createStatus: created.status } }
			: { isAsAssumed: false, saw: `status ${String(created.status)}` };
		const isEchoed = [shown, ...records(listOf(answers.trunks))].some((trunk) => Object.hasOwn(trunk, 'password'));
		if (named !== undefined) findings['password-echo'] = { switches: { echoPassword: isEchoed } };
	}
	const isToBeThere = !isRefused(created);
	const found = await find(
		(trunk) => isOurs(trunk) || (named !== undefined && idOf(trunk) === named && !before.has(named)),
		isToBeThere ? LOOKS : 1,
	);
	const others = (found?.trunks ?? [])
		.filter(isOurs)
		.map(idOf)
		.filter((one) => one !== undefined);
	// A list that shows no descriptions leaves it to the answer to say whose the trunk is.
	const inList = found?.trunks.find((trunk) => named !== undefined && idOf(trunk) === named);
	const isShown = isOurs(shown) && (inList?.description === undefined || isOurs(inList));
	const id = isShown ? named : others[0];
	if (isRefused(created) && id === undefined) {
		return {
			verdicts: verdicts(),
			steps,
			ended: `The create was refused (${String(created.status)}${errorShapeOf({ ...created, id: 'create', headers: {}, ms: 0 }) === undefined ? '' : ': see the report'}). Nothing was created.`,
		};
	}
	if (id === undefined) {
		const why =
			named === undefined && found === undefined
				? 'no answer showed it, and it is not in the list'
				: 'the trunk that was answered is another than the one that was sent, and it was left alone';
		return {
			verdicts: verdicts(),
			steps,
			ended: `Whether a trunk was created cannot be told: ${why}.`,
			left: whatToDo,
		};
	}
	if (found !== undefined) {
		// A wait went before the first look, too.
		lagMs = found.waits === 0 ? 0 : (found.waits + 1) * PACE_MS;
		findings['trunk-list-lag'] = { switches: { listLagMs: lagMs } };
		findings['new-trunk-listed'] = {
			isAsAssumed: found.waits === 0,
			saw: found.waits === 0 ? 'it at once' : `it after up to ${String(lagMs / 1_000)} s`,
		};
	} else {
		isListed = false;
		findings['new-trunk-listed'] = {
			isAsAssumed: false,
			saw: `nothing of it within ${String((LOOKS * PACE_MS) / 1_000)} s`,
		};
	}

	const ended: string[] = [];
	const ours = [...new Set([id, ...others])];
	let areGone = true;
	try {
		if (!isDone(created))
			ended.push(
				`The ${isRefused(created) ? 'create was refused' : 'answer to the create was lost'}; the trunk was there, and only its delete was tried.`,
			);
		else if (ours.length > 1) ended.push('One create made several trunks; only their delete was tried.');
		else if (!isStopped()) await changeIt(id);
		ended.push(...nodeFailures);
		if (isLimited) ended.push('Crazytel asked for fewer requests (429): not all was tried.');
		if (isStopped()) ended.push('Stopped by you.');
	} finally {
		for (const one of ours) areGone = (await remove(one)) && areGone;
	}
	// A trunk of the same create can come into the list late.
	const late = isListed && areGone ? ((await listed()) ?? []).some(isOurs) : false;
	return {
		verdicts: verdicts(),
		steps,
		...(ended.length > 0 && { ended: ended.join(' ') }),
		...((!areGone || late) && {
			left: `${late ? 'There is one more trunk of this check' : 'The trunk could not be deleted'}. It is suspended, so nobody can call with it. ${whatToDo}`,
		}),
	};
}

function answerOf({ status, body }: Written, id: string): string | number {
	if (isObject(body)) {
		if (idOf(body) === id) return 'trunk';
		return typeof body.id === 'string' ? 'another' : 'queued';
	}
	return status;
}
