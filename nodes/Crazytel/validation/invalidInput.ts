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
