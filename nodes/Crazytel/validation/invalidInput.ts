/** One thing that is wrong with one field, in words that follow the field's name. */
export interface InputProblem {
	/** The API's name of the field, e.g. `caller_id_number`; `trunk` for the trunk itself. */
	field: string;
	/** A whole sentence that begins with the field's name as people read it. */
	message: string;
}

/**
 * Input that cannot be sent. Carries every problem of the item, so that one run shows them all.
 * The message holds them in the order of the fields and never a secret.
 */
export class InvalidInput extends Error {
	readonly problems: InputProblem[];

	constructor(problems: InputProblem[]) {
		super(problems.map(({ message }) => message).join(' '));
		this.name = 'InvalidInput';
		this.problems = problems;
	}
}

/**
 * Runs readers one after the other and puts the problems of all of them into one error, so that
 * one bad field does not hide the next.
 *
 * @returns what each reader returned
 * @throws InvalidInput with all their problems; or what else a reader threw first
 */
export function readAll<Values extends unknown[]>(
	...readers: { [At in keyof Values]: () => Values[At] }
): Values {
	const values: unknown[] = [];
	const errors: unknown[] = [];
	for (const reader of readers) {
		try {
			values.push(reader());
		} catch (error) {
			errors.push(error);
		}
	}
	const other = errors.find((error) => !(error instanceof InvalidInput));
	if (other !== undefined) throw other;
	if (errors.length > 0) throw new InvalidInput((errors as InvalidInput[]).flatMap(({ problems }) => problems));
	return values as Values;
}
