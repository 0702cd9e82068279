/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/require-node-api-error -- runs outside n8n */
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { explain } from './explain';
import { readSwitches, type Switches } from './switches';

const schema = z
	.object({
		about: z.string().regex(/\S/, 'must be a sentence'),
		switches: z.record(z.unknown()),
		cannot: z.array(z.string()),
	})
	.strict();

/** A way in which the API may turn out to be. */
export interface Profile {
	/** What it is, in one plain sentence. */
	about: string;
	/** What differs from the default. */
	switches: Partial<Switches>;
	/** What the node cannot do then, by the names of the cases in test/profiles. */
	cannot: string[];
}

function readJson(file: string): unknown {
	let text: string;
	try {
		text = readFileSync(file, 'utf8');
	} catch (error) {
		const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT';
		throw new Error(
			isMissing
				? `There is no profile ${file}.`
				: `The profile ${file} cannot be read (${(error as NodeJS.ErrnoException).code}).`,
			{ cause: error },
		);
	}
	try {
		return JSON.parse(text);
	} catch (error) {
		throw new Error(`The profile ${file} is not JSON.`, { cause: error });
	}
}

/**
 * Reads a profile.
 *
 * @param file where it is
 * @throws Error with one sentence that names the file, and the switch or the part that is wrong
 */
export function readProfile(file: string): Profile {
	const result = schema.safeParse(readJson(file));
	if (!result.success) throw new Error(explain(`the profile ${file}`, result.error));
	const { about, switches, cannot } = result.data;
	return { about, switches: readSwitches(switches, `the switches of the profile ${file}`), cannot };
}
