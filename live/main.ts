/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- runs outside n8n */
import { writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { confirm, input, password } from '@inquirer/prompts';
import { bugs } from '../package.json';
import { check, requestsOf } from './check';
import { readOptions, type LiveOptions } from './options';
import { printed } from './print';
import { profileOf } from './profile';
import type { Report } from './report';
import { isObject, type Answers } from './seen';
import { tryThrowawayTrunk } from './throwawayTrunk';
import { get } from './transport';
import { write } from './write';

const WRONG = 2;

const say = (text: string): void => void process.stdout.write(`${text}\n`);

function fail(sentence: string): void {
	process.stderr.write(`${sentence}\n`);
	process.exitCode = WRONG;
}

/** What a person, or a terminal that is closed, ends a program with. */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

const pause = async (ms: number): Promise<void> => void (await sleep(ms));

async function readKey({ yes }: LiveOptions): Promise<string | undefined> {
	const given = process.env.CRAZYTEL_API_KEY?.trim();
	if (given) return given;
	if (yes || !process.stdin.isTTY) return undefined;
	return (await password({ message: 'API key of the account (it is not shown):' })).trim();
}

/** One line that is written over, or a line each where the output goes into a file. */
function progress(text: string, isLast = false): void {
	if (!process.stdout.isTTY) return say(text);
	process.stdout.write(`\r\u001b[K${text.slice(0, (process.stdout.columns || 80) - 1)}${isLast ? '\n' : ''}`);
}

async function throwaway(
	options: LiveOptions,
	apiKey: string,
	{ report, answers }: { report: Report; answers: Answers },
): Promise<void> {
	const code = isObject(answers.balance?.body) ? answers.balance.body.account_code : undefined;
	if (typeof code !== 'string' || code === '') return say('No throwaway trunk: the account code could not be read.');
	say(
		'\nThe throwaway trunk: one suspended trunk is created, changed about eight times and deleted. Check first that your plan charges nothing for a trunk.',
	);
	let typed: string;
	try {
		typed = (await input({ message: 'Type the account code to go on, or nothing to leave it:' })).trim();
	} catch {
		return say('No trunk was created.');
	}
	if (typed !== code) return say('That is not the account code. No trunk was created.');
	let isStopped = false;
	const stop = (): void => {
		isStopped = true;
		say('\nStopping: the trunk is deleted first.');
	};
	for (const signal of SIGNALS) process.on(signal, stop);
	// A terminal that is closed takes no more words: that must not keep the trunk from being deleted.
	for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
	const { baseUrl } = options;
	const result = await tryThrowawayTrunk({
		answers,
		write: async (request) => await write(baseUrl, apiKey, request),
		list: async () => await get('trunks', `${baseUrl}/api/v1/sip-trunks/`, apiKey, 15_000),
		updateByNode: async (id, description) =>
			await (await import('./byNode')).updateByNode(baseUrl, apiKey, id, description),
		pause,
		isStopped: () => isStopped,
		onStart: say,
		onStep: (words) => progress(`  ${words}`),
	});
	for (const signal of SIGNALS) process.off(signal, stop);
	progress('', true);
	const { verdicts, ...rest } = result;
	report.throwaway = rest;
	report.verdicts = [...report.verdicts.filter(({ id }) => !verdicts.some((one) => one.id === id)), ...verdicts];
	if (rest.ended !== undefined) say(rest.ended);
	say(rest.left ?? 'No throwaway trunk is left.');
	if (rest.left !== undefined) process.exitCode = WRONG;
}

async function main(): Promise<void> {
	const options = readOptions(process.argv.slice(2));
	if (typeof options === 'string') return fail(options);
	const apiKey = await readKey(options);
	if (!apiKey)
		return fail('No API key. Put it into CRAZYTEL_API_KEY, or run this in a terminal, where it is asked for.');
	if (![apiKey, process.env.CRAZYTEL_SMS_API_KEY ?? ''].every((key) => /^[\x20-\x7e]*$/.test(key.trim())))
		return fail('The API key has a character in it that no header can carry. Copy it anew from the portal.');
	const smsApiKey = process.env.CRAZYTEL_SMS_API_KEY?.trim() || undefined;
	const asked = { ...options, apiKey, smsApiKey };

	const requests = requestsOf(asked);
	const most = requests.filter(({ id }) => !/^cdr-voice-(?!1000$)/.test(id)).length;
	say(
		`${options.baseUrl}: about ${String(most)} requests in ${String(Math.ceil((most * 1.5) / 10) * 10)} seconds or a little more. All of them are GET: nothing is written, sent, bought or charged for. No redirect is followed.`,
	);
	if (!options.yes && !(await confirm({ message: 'Start?', default: false }))) return say('Nothing was asked.');

	const result = await check({
		...asked,
		get,
		now: Date.now,
		pause,
		onStep: ({ index, most: all, request, seen }) => {
			const what = seen === undefined ? '…' : (seen.silence ?? String(seen.status));
			if (seen !== undefined || process.stdout.isTTY)
				progress(`  ${String(index + 1)}/${String(all)} ${request.shown} ${what}`);
		},
	});
	if (process.stdout.isTTY) progress('', true);
	if (options.throwawayTrunk && result.report.ended === undefined) await throwaway(options, apiKey, result);
	else if (options.throwawayTrunk) say('No throwaway trunk was created, as the check ended early.');

	const { report } = result;
	say(`\n${printed(report)}`);
	const { profile, unplayed } = profileOf(report);
	await writeFile(options.out, `${JSON.stringify(report, null, '\t')}\n`);
	await writeFile(options.profile, `${JSON.stringify(profile, null, '\t')}\n`);
	if (unplayed.length > 0) say(`The sandbox cannot play yet: ${unplayed.join('; ')}.`);
	say(
		`${options.out}: the report. It holds forms, no values of the account. Read it, then share it at ${bugs.url}/new?template=live-check.yml`,
	);
	say(`${options.profile}: the same as a profile: npm run sandbox -- --profile ${options.profile}`);
	if (report.ended !== undefined) process.exitCode = WRONG;
	else if (report.verdicts.some(({ verdict }) => verdict === 'refuted')) process.exitCode ||= 1;
}

main().catch((error: Error) => fail(error.name === 'ExitPromptError' ? 'Nothing was asked.' : error.message));
