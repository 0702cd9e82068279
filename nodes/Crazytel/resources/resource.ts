import type { INodeType } from 'n8n-workflow';

import type { Operation } from '../run/operation';

/** What fills dropdowns; the names are saved in workflows. */
export type Pickers = Required<Pick<NonNullable<INodeType['methods']>, 'loadOptions' | 'listSearch'>>;

/** What a group of operations works on. */
export interface Resource {
	value: string;
	name: string;
	operations: Operation[];
	/** The operation of a node that was just added; saved workflows rely on it, so it never changes. */
	defaultOperation: string;
	/** What fills the dropdowns of its fields. */
	pickers?: Partial<Pickers>;
}
