/* What was obtained is shown as the list has it, once all is sent: one list for all. */
import type { Thing } from '../api/body';
import { caught } from '../api/caught';
import type { Client } from '../api/client';
import { contraryWords } from './contrary';
import { contradictions } from './differences';
import { doneOf } from './obtainOnce';
import type { Done } from './performing';
import type { Obtain } from './plan';
import type { Work } from './work';

/** Completes the outputs of what this try has obtained. That it was done is known by the answer; this only adds to it. */
export async function showObtained(
	works: Work[],
	{ client, hints }: { client: Client; hints: Set<string> },
): Promise<void> {
	const obtained = works.flatMap((work) => {
		const done = 'value' in work.outcome ? work.outcome.value : undefined;
		return done?.obtained === undefined ? [] : [{ work, done, plan: done.obtained }];
	});
	for (const kind of new Set(obtained.map(({ plan }) => plan.kind))) {
		const { many } = kind.noun;
		const list = await caught(
			client.send({
				...kind.requests.list(),
				ownTexts: obtained.flatMap(({ plan }) => Object.values(plan.request.body ?? {})),
			}),
		);
		if ('error' in list)
			hints.add(
				`The list of ${many} could not be read afterwards, so the output shows what was sent. ${list.error.message}`,
			);
		for (const { work, done, plan } of obtained.filter((one) => one.plan.kind === kind)) {
			const thing = 'value' in list ? list.value.find(({ id }) => id === plan.id) : undefined;
			if ('value' in list && thing === undefined) {
				hints.add(`The list of ${many} does not show ${plan.id} yet, so the output shows what was sent.`);
			}
			complete(work, done, plan, thing, hints);
		}
	}
}

function complete(work: Work, done: Done, plan: Obtain, thing: Thing | undefined, hints: Set<string>): void {
	let value: Done = { ...done };
	delete value.obtained;
	if (thing !== undefined) {
		value = { ...value, ...doneOf(plan, { ...plan.request.body, ...thing }) };
		const wrong = contradictions(plan.kind, thing, plan.values);
		if (Object.keys(wrong).length > 0) {
			const warning = `The ${plan.kind.noun.one} ${plan.id} was ${plan.done}, but by the list ${contraryWords(plan.kind, thing, wrong)}. Check it in the Crazytel portal; an update sets it.`;
			hints.add(warning);
			value.output = { ...value.output, warning };
		}
	}
	work.outcome = { value };
	if (work.memory.done !== undefined) work.memory.done.result = value;
}
