import { randomBytes } from 'node:crypto';
import { assumptions, type Finding } from './assumptions';
import { PACE_MS } from './check';
import { judge, type Judged } from './report';
import { isObject, listOf, records, type Answers, type Seen } from './seen';
import { shapeOf, type Shape } from './shapes';
import { errorShapeOf } from './assumptions/account';
import { saidBy } from './report';
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

/** It shows what services make of a text: two spaces, entities, capitals, letters in two forms, length. */
export function telltale(mark: string): string {
	return `${mark}  A"b&<c> \u00c9 e\u0301 ${'x'.repeat(1_000)}`.slice(0, 1_000);
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** What has become of a text, as the sandbox's switch descriptionForm plays it. */
export function formOf(sent: string, kept: string): string | number | undefined {
	const forms: Array<[name: string, text: string]> = [
		['as sent', sent],
		['html', sent.replace(/[&<>"']/g, (character) => entities[character] ?? '')],
		['lower case', sent.toLowerCase()],
		['NFC', sent.normalize('NFC')],
		['one space', sent.replace(/\s+/g, ' ')],
		['ASCII', sent.replace(/[^\x20-\x7e]+/gu, '?')],
		['bare', sent.replace(/[^\x20-\x7e]/gu, '').trim()],
	];
	return forms.find(([, text]) => text === kept)?.[0] ?? (kept.length > 0 && sent.startsWith(kept) ? kept.length : undefined);
}

function verifiedNumber({ verified }: Answers): string | undefined {
	const list = listOf(verified);
	const numbers = (list?.rows ?? []).flatMap((row) => (isObject(row) ? Object.values(row) : [row])).map((value) => (typeof value === 'number' ? String(value) : value));
	return numbers.find((value): value is string => typeof value === 'string' && /^61\d{9}$/.test(value));
}

const isDone = ({ status }: Written): boolean => status >= 200 && status < 300;
const isRefused = ({ status }: Written): boolean => status >= 400 && status < 500;

/**
 * Creates one suspended trunk, changes it in each way that is not documented, and deletes it, whatever happens.
 *
 * @returns what was seen of the assumptions that only a write shows. Never throws for what a server does
 */
export async function tryThrowawayTrunk(options: ThrowawayOptions): Promise<ThrowawayResult> {
	const { answers, write, list, updateByNode, pause, isStopped, onStep } = options;
	const findings: Record<string, Finding> = {};
	const steps: ThrowawayStep[] = [];
	const mark = `n8n live check ${randomBytes(4).toString('hex')}`;
	const callerId = verifiedNumber(answers);
	if (callerId === undefined) return { verdicts: [], steps, ended: 'No verified number of the form 61 and nine digits could be read, so no trunk can be created.' };

	let lagMs = 0;
	let isListed = listOf(answers.trunks) !== undefined;

	function note(step: string, { status, kind, body }: Written): void {
		const said = saidBy({ status, body });
		steps.push({ step, status, kind, ...(kind === 'json' && { shape: shapeOf(body) }), ...(said !== undefined && { said }) });
	}

	async function send(step: string, request: Write): Promise<Written> {
		onStep?.(step);
		const written = await write(request);
		note(step, written);
		await pause(PACE_MS);
		return written;
	}

	/** The trunks as the list shows them now. */
	async function listed(): Promise<Trunk[] | undefined> {
		const seen = await list();
		await pause(PACE_MS);
		const found = listOf(seen);
		return found === undefined ? undefined : records(found);
	}

	/** The trunk in the list, and after how many waits. */
	async function find(isIt: (trunk: Trunk) => boolean): Promise<{ trunk: Trunk; waits: number } | undefined> {
		for (let waits = 0; waits < LOOKS; waits++) {
			const trunk = (await listed())?.find(isIt);
			if (trunk !== undefined) return { trunk, waits };
		}
		return undefined;
	}

	/** The trunk as it is now, from the list, or from an answer where there is no list. */
	async function look(id: string, written?: Written): Promise<Trunk | undefined> {
		if (!isListed) return written !== undefined && isObject(written.body) && written.body.id === id ? written.body : undefined;
		if (lagMs > 0) await pause(lagMs);
		return (await listed())?.find((trunk) => trunk.id === id);
	}

	async function update(step: string, id: string, body: Record<string, unknown>): Promise<{ written: Written; trunk: Trunk | undefined }> {
		const written = await send(step, { method: 'PATCH', id, body });
		return { written, trunk: isDone(written) ? await look(id, written) : undefined };
	}

	async function changeIt(id: string): Promise<void> {
		const sent = telltale(mark);
		const settings = { area_code: '02', hide_caller_id: true, softphone_show_balance: false, softphone_sync_sms: true };
		const first = await update('update of the description', id, { description: sent });
		if (isDone(first.written)) findings['update-answer'] = { switches: { updateAnswer: answerOf(first.written, id) } };
		const kept = first.trunk?.description;
		const form = typeof kept === 'string' ? formOf(sent, kept) : undefined;
		if (typeof kept === 'string') findings['description-form'] = form === undefined ? { isAsAssumed: false, saw: 'a description that was changed in another way' } : { switches: { descriptionForm: form } };
		if (isStopped()) return;

		const second = await update('update of four settings', id, settings);
		if (second.trunk !== undefined) {
			const ignored = Object.entries(settings).filter(([name, value]) => Object.hasOwn(second.trunk ?? {}, name) && second.trunk?.[name] !== value).map(([name]) => name);
			findings['update-answer'] = { switches: { ...findings['update-answer']?.switches, ignoredSettings: ignored } };
		}
		if (isStopped()) return;

		const byNode = `${mark} by the node`;
		onStep?.("update by the package's own node");
		const failure = await updateByNode(id, byNode);
		const trunk = await look(id);
		if (trunk !== undefined || failure !== undefined) {
			const isTrue = failure === undefined ? trunk?.description === byNode : trunk === undefined || trunk.description !== byNode;
			findings['update-by-node'] = { isAsAssumed: failure === undefined && isTrue, saw: `${failure === undefined ? 'the node said done' : 'the node said that it failed'}, and ${isTrue ? 'it was so' : 'it was not so'}` };
		}
		if (isStopped()) return;

		const clear: Record<string, string> = {};
		const emptied = await update('update with an empty description', id, { description: '' });
		if (isRefused(emptied.written)) clear.emptyText = 'refused';
		else if (emptied.trunk !== undefined) {
			const now = emptied.trunk.description;
			clear.emptyText = now === '' ? 'stored' : now === null || now === undefined ? 'null' : 'ignored';
		}
		const nulled = await update('update with null', id, { area_code: null });
		if (isRefused(nulled.written)) clear.nullSetting = 'refused';
		else if (nulled.trunk !== undefined) clear.nullSetting = [null, undefined, ''].includes(nulled.trunk.area_code as null) ? 'clears' : 'ignored';
		if (Object.keys(clear).length > 0) findings['trunk-clear'] = { switches: clear };
		if (isStopped()) return;

		const unknown = await update('update with an unknown setting', id, { live_check: true });
		if (isRefused(unknown.written)) findings['trunk-unknown-settings'] = { switches: { unknownSettings: 'refused' } };
		else if (unknown.trunk !== undefined) findings['trunk-unknown-settings'] = { switches: { unknownSettings: Object.hasOwn(unknown.trunk, 'live_check') ? 'kept' : 'ignored' } };

		await send('update of nothing', { method: 'PATCH', id, body: {} });
		await send('update with a password that is too short', { method: 'PATCH', id, body: { password: 'short' } });
		await send('update with a caller ID that is not verified', { method: 'PATCH', id, body: { caller_id_number: '61200000000' } });
	}

	/** Deletes it. @returns whether it is gone, as far as can be told */
	async function remove(id: string): Promise<boolean> {
		for (let tries = 0; tries < 3; tries++) {
			const written = await send(tries === 0 ? 'delete' : 'delete again', { method: 'DELETE', id });
			if (tries === 0) {
				if (isDone(written)) findings['trunk-delete'] = { switches: { deleteEndpoint: 'present' }, saw: `status ${String(written.status)}` };
				else if (written.status === 404 || written.status === 405) findings['trunk-delete'] = { switches: { deleteEndpoint: written.status } };
			}
			if (isDone(written) && !isListed) return true;
			if (isListed) {
				if (lagMs > 0) await pause(lagMs);
				const trunks = await listed();
				if (trunks !== undefined && !trunks.some((trunk) => trunk.id === id)) {
					if (isDone(written)) await send('delete of what is gone', { method: 'DELETE', id });
					return true;
				}
			}
			if (written.status === 405) return false;
		}
		return false;
	}

	function verdicts(): Judged[] {
		return Object.entries(findings).map(([id, finding]) => {
			const assumption = assumptions.find((one) => one.id === id);
			return judge(assumption ?? { id, question: "Does the node's own update do what it says?", mark: '–', settledBy: 'a throwaway trunk', switches: {}, requests: [] }, finding);
		});
	}

	const whatToDo = `Look in the Crazytel portal for a trunk with the description “${mark}…” and delete it there.`;
	const password = `Aa1${randomBytes(12).toString('hex')}`;
	const created = await send('create', { method: 'POST', body: { password, caller_id_number: callerId, enabled: false, description: mark } });
	let id: string | undefined;
	if (isDone(created)) {
		findings['create-status'] = [200, 201].includes(created.status) ? { switches: { createStatus: created.status } } : { isAsAssumed: false, saw: `status ${String(created.status)}` };
		const shown = isObject(created.body) ? created.body : {};
		if (Object.keys(shown).length > 0) findings['password-echo'] = { switches: { echoPassword: Object.hasOwn(shown, 'password') } };
		if (typeof shown.id === 'string') id = shown.id;
	} else if (isRefused(created)) {
		return { verdicts: verdicts(), steps, ended: `The create was refused (${String(created.status)}${errorShapeOf({ ...created, id: 'create', headers: {}, ms: 0 }) === undefined ? '' : ': see the report'}). Nothing was created.` };
	}
	const found = isListed ? await find((trunk) => trunk.id === id || trunk.description === mark) : undefined;
	if (isListed && found === undefined && id === undefined) {
		return { verdicts: verdicts(), steps, ended: 'Whether a trunk was created cannot be told: no answer showed it, and it is not in the list.', left: whatToDo };
	}
	if (found !== undefined) {
		const foundId = found.trunk.id;
		if (typeof foundId === 'string') id = foundId;
		// A wait went before the first look, too.
		lagMs = found.waits === 0 ? 0 : (found.waits + 1) * PACE_MS;
		findings['trunk-list-lag'] = { switches: { listLagMs: lagMs } };
		findings['new-trunk-listed'] = { isAsAssumed: found.waits === 0, saw: found.waits === 0 ? 'it at once' : `it after up to ${String(lagMs / 1_000)} s` };
	} else if (isListed) {
		isListed = false;
		findings['new-trunk-listed'] = { isAsAssumed: false, saw: `nothing of it within ${String((LOOKS * PACE_MS) / 1_000)} s` };
	}
	if (id === undefined) return { verdicts: verdicts(), steps, ended: 'The answer to the create has no id, and trunks cannot be listed.', left: whatToDo };

	let isGone = false;
	let ended: string | undefined;
	try {
		if (!isDone(created)) ended = 'The answer to the create was lost; the trunk was there, and only its delete was tried.';
		else if (!isStopped()) await changeIt(id);
		if (isStopped()) ended = 'Stopped by you. The trunk was deleted before the end.';
	} finally {
		isGone = await remove(id);
	}
	return { verdicts: verdicts(), steps, ...(ended !== undefined && { ended: isGone ? ended : ended.replace(' The trunk was deleted before the end.', '') }), ...(!isGone && { left: `The trunk could not be deleted. It is suspended, so nobody can call with it. ${whatToDo}` }) };
}

function answerOf({ status, body }: Written, id: string): string | number {
	if (isObject(body)) {
		if (body.id === id) return 'trunk';
		return typeof body.id === 'string' ? 'another' : 'queued';
	}
	return status;
}
