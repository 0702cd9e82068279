import {
	type INode,
	type INodeParameters,
	type INodeTypeDescription,
	isResourceLocatorValue,
	NodeHelpers,
	type NodeParameterValueType,
} from 'n8n-workflow';

/**
 * What n8n would object to, or drop without a word, in a saved node.
 *
 * @returns sentences; none when the node is as the editor would save it
 */
export function parameterProblems(node: INode, description: INodeTypeDescription): string[] {
	const { properties } = description;
	const known = NodeHelpers.getNodeParameters(properties, node.parameters, true, false, node, description) ?? {};
	const complete = { ...node, parameters: known };
	const issues = NodeHelpers.getNodeParametersIssues(properties, complete, description);
	return [
		...lost(node.parameters, known).map((name) => `${name} is not a field that is shown here`),
		...Object.values(issues?.parameters ?? {}).flat(),
		...unknownChoices(complete, description),
	];
}

/** n8n itself takes any value for a menu, and fails when the node runs. */
function unknownChoices(node: INode, description: INodeTypeDescription): string[] {
	return description.properties
		.filter(({ type, typeOptions }) => type === 'options' && typeOptions?.loadOptionsMethod === undefined)
		.filter((property) => NodeHelpers.displayParameter(node.parameters, property, node, description))
		.filter(({ name, options = [] }) =>
			options.every((option) => !('value' in option) || option.value !== node.parameters[name]),
		)
		.map(({ name }) => `${name} has no choice ${String(node.parameters[name])}`);
}

/** The names of what n8n does not take over from the file. */
function lost(given: INodeParameters, known: INodeParameters, path = ''): string[] {
	return Object.entries(given).flatMap(([name, value]) => {
		const place = path + name;
		const taken = known[name];
		if (taken === undefined) return [place];
		return isGroup(value) && isGroup(taken) ? lost(value, taken, `${place}.`) : [];
	});
}

function isGroup(value: NodeParameterValueType | undefined): value is INodeParameters {
	return typeof value === 'object' && value !== null && !Array.isArray(value) && !isResourceLocatorValue(value);
}
