/* eslint-disable @n8n/community-nodes/no-restricted-imports -- a test, runs outside n8n */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { IConnections, INode, IPinData, IWorkflowSettings } from 'n8n-workflow';

import { PACKAGE_ROOT } from '../../engine/boot';

/** A workflow as n8n's Download writes it, without what belongs to one n8n alone. */
export interface WorkflowFile {
	name: string;
	nodes: INode[];
	/** Sample data that n8n takes when it runs by hand. */
	pinData: IPinData;
	connections: IConnections;
	active: boolean;
	settings: IWorkflowSettings;
	tags: string[];
}

const folder = join(PACKAGE_ROOT, 'examples');

export const files = readdirSync(folder).filter((file) => file.endsWith('.json'));

export function textOf(file: string): string {
	return readFileSync(join(folder, file), 'utf8');
}

export function read(file: string): WorkflowFile {
	return JSON.parse(textOf(file)) as WorkflowFile;
}

/** The node of that name; an example without it is a broken one. */
export function nodeOf(workflow: WorkflowFile, name: string): INode {
	const node = workflow.nodes.find((candidate) => candidate.name === name);
	if (node === undefined) throw new Error(`${workflow.name} has no node ${name}.`);
	return node;
}
