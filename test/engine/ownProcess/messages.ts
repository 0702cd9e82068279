import type { IDataObject, INode, INodeParameters } from 'n8n-workflow';

/** What is to be run, once. */
export interface ToChild {
	url: string;
	apiKey: string;
	items: IDataObject[];
	parameters: INodeParameters;
	/** By default no limit. */
	requestsPerMinute?: number;
	/** Settings of the node, e.g. its On Error. */
	node?: Partial<INode>;
}

/** What a run has brought. */
export interface Played {
	/** From the start of the execution to its end, without the start of the process. */
	ms: number;
	/** What came out of the success branch. */
	good: IDataObject[];
	/** What came out of the error branch. */
	failed: IDataObject[];
	/** The error that stopped the run. */
	error: string | undefined;
	description: string | undefined;
	hints: string[];
}

export type FromChild = { ready: true } | { played: Played } | { broken: string };
