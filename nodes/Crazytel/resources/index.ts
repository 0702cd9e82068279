import type { INodeProperties } from 'n8n-workflow';

import { InvalidInput } from '../input/invalidInput';
import { shown } from '../input/shown';
import type { Operation } from '../run/operation';
import { account } from './account';
import { callRecord } from './callRecord';
import type { Pickers, Resource } from './resource';
import { phoneNumber } from './phoneNumber';
import { sipTrunk } from './sipTrunk';
import { sms } from './sms';
import { verifiedNumber } from './verifiedNumber';

/** The only list of resources: menus, fields, dispatch and dropdowns are derived from it. */
export const resources: Resource[] = [account, callRecord, phoneNumber, sipTrunk, sms, verifiedNumber];

/** The node's properties: the menus, then the fields of every operation, shown where they belong. */
export const properties: INodeProperties[] = [
	{
		displayName: 'Resource',
		name: 'resource',
		type: 'options',
		noDataExpression: true,
		options: resources.map(({ name, value }) => ({ name, value })),
		default: 'sipTrunk',
	},
	...resources.map(operationMenu),
	...resources.flatMap((resource) =>
		resource.operations.flatMap((operation) =>
			operation.properties.map((property) => shownFor(resource, operation, property)),
		),
	),
];

/** Values of the menus with their names; a value has one name wherever it stands. */
const names = JSON.stringify(
	Object.fromEntries(
		resources
			.flatMap(({ operations, ...resource }) => [resource, ...operations])
			.map(({ value, name }) => [value, name]),
	),
);

const nameIn = (menu: string) => `(${names}[$parameter["${menu}"]] ?? $parameter["${menu}"])`;

/** What stands under the node, e.g. `Create: SIP Trunk`. Of n8n's own choices the value stays: n8n looks for it there. */
export const subtitle = `={{ ${nameIn('operation')} + ": " + ${nameIn('resource')} }}`;

/** What fills the dropdowns of all resources. */
export const methods: Pickers = {
	loadOptions: Object.assign({}, ...resources.map(({ pickers }) => pickers?.loadOptions)),
	listSearch: Object.assign({}, ...resources.map(({ pickers }) => pickers?.listSearch)),
};

/** The parameters that hold a secret, at any depth. */
export const secretParameters: readonly string[] = namesOfSecrets(properties);

/** What n8n adds to both menus; the editor then shows that HTTP Request does it, and this node runs all the same. */
const CUSTOM_API_CALL = '__CUSTOM_API_CALL__';

/**
 * Looks up an operation.
 *
 * @throws InvalidInput when there is none of that name, as after a workflow was edited by hand
 */
export function findOperation(resourceValue: unknown, operationValue: unknown): Operation {
	const resource = resources.find(({ value }) => value === resourceValue);
	const operation = resource?.operations.find(({ value }) => value === operationValue);
	if (operation !== undefined) return operation;
	if (resourceValue === CUSTOM_API_CALL || operationValue === CUSTOM_API_CALL) {
		const message =
			'Custom API Call is made by another node.\nAdd an HTTP Request, set its Authentication to Predefined Credential Type, and choose Crazytel API. Or choose an operation of this node.';
		throw new InvalidInput([{ field: resourceValue === CUSTOM_API_CALL ? 'resource' : 'operation', message }]);
	}
	const [field, name, value] =
		resource === undefined ? ['resource', 'Resource', resourceValue] : ['operation', 'Operation', operationValue];
	throw new InvalidInput([
		{
			field,
			message: `${name} ${shown(value)} is unknown to this version of the node.\nChoose it from the list again.`,
		},
	]);
}

function namesOfSecrets(fields: INodeProperties[]): string[] {
	const inner = (field: INodeProperties) =>
		(field.options ?? []).filter((option): option is INodeProperties => 'displayName' in option && 'type' in option);
	const found = fields.flatMap((field) => [
		...(field.typeOptions?.password === true ? [field.name] : []),
		...namesOfSecrets(inner(field)),
	]);
	return [...new Set(found)];
}

function operationMenu({ value: resource, operations, defaultOperation }: Resource): INodeProperties {
	return {
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: [resource] } },
		options: operations.map(({ name, value, action, description }) => ({ name, value, action, description })),
		default: defaultOperation,
	};
}

/** Our own: the function that n8n-workflow has for this is missing in the older ones that may lie beside the package. */
function shownFor(resource: Resource, operation: Operation, property: INodeProperties): INodeProperties {
	return {
		...property,
		displayOptions: {
			...property.displayOptions,
			show: {
				resource: [resource.value],
				operation: [operation.value],
				...property.displayOptions?.show,
			},
		},
	};
}
