import type { INode } from 'n8n-workflow';

/** Whether a node is the tool of an agent: so n8n names its type. */
export function isTool({ type }: Pick<INode, 'type'>): boolean {
	return type.endsWith('Tool');
}
