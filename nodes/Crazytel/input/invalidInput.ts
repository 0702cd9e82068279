import { inOneLine } from './words';

/** One thing that is wrong with one field, in words that follow the field's name. */
export interface InputProblem {
	/** The name of the parameter, e.g. `callerIdNumber`. */
	field: string;
	/** Whole sentences that begin with the field's name as people read it; what to do stands behind a line break. */
	message: string;
}

/**
 * Input that cannot be sent. Carries every problem of the item, so that one run shows them all.
 * The message holds them in the order of the fields and never a secret.
 */
export class InvalidInput extends Error {
	readonly problems: InputProblem[];

	constructor(problems: InputProblem[]) {
		super(problems.map(({ message }) => inOneLine(message)).join(' '));
		this.name = 'InvalidInput';
		this.problems = problems;
	}
}

/**
 * Runs readers one after the other and puts the problems of all of them into one error, so that
 * one bad field does not hide the next.
 *
 * @returns what each reader returned, under the reader's name
 * @throws InvalidInput with all their problems; or what else a reader threw first
 */
export function readAll<Values extends object>(readers: { [Name in keyof Values]: () => Values[Name] }): Values {
	const values: Partial<Values> = {};
	const errors: unknown[] = [];
	for (const name of Object.keys(readers) as Array<keyof Values>) {
		try {
			values[name] = readers[name]();
		} catch (error) {
			errors.push(error);
		}
	}
	const other = errors.find((error) => !(error instanceof InvalidInput));
	if (other !== undefined) throw other;
	if (errors.length > 0) throw new InvalidInput((errors as InvalidInput[]).flatMap(({ problems }) => problems));
	return values as Values;
}
