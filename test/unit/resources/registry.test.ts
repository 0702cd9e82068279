import {
	type INode,
	type INodeProperties,
	type INodePropertyCollection,
	type INodePropertyOptions,
	type INodeTypes,
	Workflow,
} from 'n8n-workflow';

import { Crazytel } from '../../../nodes/Crazytel/Crazytel.node';
import { InvalidInput } from '../../../nodes/Crazytel/input/invalidInput';
import { findOperation, methods, properties, resources, secretParameters } from '../../../nodes/Crazytel/resources';
import { settings } from '../../../nodes/Crazytel/resources/shared/trunks/settings';

/** The parameters of every operation, which saved workflows depend on. Never change a line; add some. */
const CONTRACT: Record<string, Record<string, string[]>> = {
	account: { getBalance: [] },
	callRecord: { getAll: ['type', 'startDate', 'endDate', 'extension', 'returnAll', 'limit', 'simplify'] },
	phoneNumber: {
		buy: ['number', 'addressId', 'ownerId', 'route', 'destination', 'acceptCharge', 'additionalFields', 'options'],
		update: ['phoneNumber', 'updateFields', 'options'],
		routeToTrunk: ['phoneNumber', 'trunk', 'options'],
		get: ['phoneNumber'],
		getAll: ['returnAll', 'limit', 'filters'],
		searchAvailable: ['returnAll', 'limit', 'filters'],
	},
	sipTrunk: {
		create: ['callerIdNumber', 'trunkDescription', 'passwordSource', 'password', 'additionalFields', 'options'],
		upsert: ['trunkDescription', 'callerIdNumber', 'passwordSource', 'password', 'additionalFields', 'options'],
		update: ['trunk', 'updateFields', 'options'],
		suspend: ['trunk', 'options'],
		enable: ['trunk', 'options'],
		rotatePassword: ['trunk', 'passwordSource', 'password', 'options'],
		get: ['trunk'],
		getAll: ['returnAll', 'limit', 'filters'],
		delete: ['trunk', 'options'],
	},
	sms: { send: ['from', 'to', 'text', 'options'] },
	verifiedNumber: { getAll: ['returnAll', 'limit', 'filters'] },
};

/** The fields of the collections of every operation. */
const COLLECTIONS: Record<string, string[]> = {
	'create.additionalFields': [
		'areaCode',
		'enabled',
		'hideCallerId',
		'smsSender',
		'softphoneShowBalance',
		'softphoneSyncSms',
	],
	'create.options': ['checkNumbers', 'dryRun', 'includePassword'],
	'upsert.additionalFields': [
		'areaCode',
		'enabled',
		'hideCallerId',
		'smsSender',
		'softphoneShowBalance',
		'softphoneSyncSms',
	],
	'upsert.options': ['checkNumbers', 'dryRun', 'ignoreEmpty', 'includePassword', 'onlyIfChanged', 'updatePassword'],
	'update.updateFields': [
		'areaCode',
		'callerIdNumber',
		'description',
		'enabled',
		'hideCallerId',
		'password',
		'smsSender',
		'softphoneShowBalance',
		'softphoneSyncSms',
	],
	'update.options': ['checkNumbers', 'dryRun', 'ignoreEmpty', 'includePassword', 'onlyIfChanged'],
	'suspend.options': ['dryRun', 'onlyIfChanged'],
	'enable.options': ['dryRun', 'onlyIfChanged'],
	'rotatePassword.options': ['dryRun', 'includePassword'],
	'getAll.filters': ['callerIdNumber', 'description', 'enabled', 'smsSender', 'username'],
	'delete.options': ['dryRun'],
};

/** The value that n8n does not save, of every field; it can never change within a node version. */
const DEFAULTS: Record<string, unknown> = {
	resource: 'sipTrunk',
	operation: 'create',
	passwordSource: 'generate',
	password: '',
	callerIdNumber: '',
	additionalFields: {},
	updateFields: {},
	options: {},
	trunk: { mode: 'list', value: '' },
	trunkDescription: '',
	areaCode: '',
	description: '',
	enabled: true,
	hideCallerId: false,
	smsSender: '',
	softphoneShowBalance: true,
	softphoneSyncSms: false,
	checkNumbers: true,
	includePassword: true,
	dryRun: true,
	ignoreEmpty: true,
	onlyIfChanged: true,
	updatePassword: true,
	returnAll: false,
	limit: 50,
	filters: {},
	username: '',
};

const COLLECTIONS_OF_SMS: Record<string, string[]> = { 'send.options': ['checkNumbers', 'dryRun', 'idempotencyKey'] };

const DEFAULTS_OF_SMS: Record<string, unknown> = {
	operation: 'send',
	from: '',
	to: '',
	text: '',
	options: {},
	checkNumbers: true,
	dryRun: true,
	idempotencyKey: '',
};

const COLLECTIONS_OF_NUMBERS: Record<string, string[]> = {
	'buy.additionalFields': ['description'],
	'buy.options': ['dryRun'],
	'update.updateFields': ['backupDestination', 'backupRoute', 'description', 'destination', 'route', 'timeout'],
	'update.options': ['dryRun', 'ignoreEmpty', 'onlyIfChanged'],
	'routeToTrunk.options': ['dryRun', 'onlyIfChanged'],
	'getAll.filters': ['description', 'destination', 'number', 'route'],
	'searchAvailable.filters': ['city', 'country', 'numberType', 'state'],
};

const DEFAULTS_OF_NUMBERS: Record<string, unknown> = {
	operation: 'getAll',
	phoneNumber: { mode: 'list', value: '' },
	trunk: { mode: 'list', value: '' },
	addressId: '',
	ownerId: '',
	acceptCharge: false,
	additionalFields: {},
	updateFields: {},
	options: {},
	backupDestination: '',
	backupRoute: 'device',
	timeout: 30,
	dryRun: true,
	ignoreEmpty: true,
	onlyIfChanged: true,
	returnAll: false,
	limit: 50,
	filters: {},
	description: '',
	destination: '',
	number: '',
	route: 'device',
	city: '',
	country: 'AU',
	numberType: '',
	state: 'NSW',
};

/** The tables of each resource; those above are the first one's, and another one brings its own. */
const COLLECTIONS_OF: Record<string, Record<string, string[]>> = {
	account: {},
	callRecord: {},
	phoneNumber: COLLECTIONS_OF_NUMBERS,
	sipTrunk: COLLECTIONS,
	sms: COLLECTIONS_OF_SMS,
	verifiedNumber: { 'getAll.filters': ['smsOnly'] },
};
const DEFAULTS_OF: Record<string, Record<string, unknown>> = {
	account: { operation: 'getBalance' },
	callRecord: {
		operation: 'getAll',
		type: 'all',
		startDate: '',
		endDate: '',
		extension: '',
		returnAll: false,
		limit: 50,
		simplify: true,
	},
	phoneNumber: DEFAULTS_OF_NUMBERS,
	sipTrunk: DEFAULTS,
	sms: DEFAULTS_OF_SMS,
	verifiedNumber: { operation: 'getAll', returnAll: false, limit: 50, filters: {}, smsOnly: true },
};

const menusOf = (name: string) => properties.filter((property) => property.name === name);
const valuesOf = (property: INodeProperties | undefined) =>
	((property?.options ?? []) as INodePropertyOptions[]).map(({ value }) => String(value));
const innerOf = (property: INodeProperties) => (property.options ?? []) as INodeProperties[];
const isField = (option: INodeProperties | INodePropertyOptions | INodePropertyCollection): option is INodeProperties =>
	'displayName' in option && 'type' in option;
const fieldsWithin = (all: INodeProperties[]): INodeProperties[] =>
	all.flatMap((property) => [property, ...fieldsWithin((property.options ?? []).filter(isField))]);

const operationMenus = menusOf('operation');
const declared = operationMenus.flatMap((menu) =>
	(menu.displayOptions?.show?.resource ?? []).flatMap((resource) =>
		valuesOf(menu).map((operation) => [String(resource), operation] as const),
	),
);
const existing = resources.flatMap((resource) => resource.operations.map((operation) => ({ resource, operation })));
const everyField = fieldsWithin(properties);
const fieldsOf = (resource: string): INodeProperties[] =>
	fieldsWithin(properties.filter(({ displayOptions }) => displayOptions?.show?.resource?.includes(resource)));

test('there is something to test: nine operations at least, and their fields', () => {
	expect(declared.length).toBeGreaterThanOrEqual(9);
	expect(existing).toHaveLength(declared.length);
	expect(everyField.length).toBeGreaterThan(30);
});

test.each(declared)('what the menus offer is handled: %s, %s', (resource, operation) => {
	expect(findOperation(resource, operation).value).toBe(operation);
});

test.each(existing)('what is handled is in a menu: $operation.name', ({ resource, operation }) => {
	expect(valuesOf(menusOf('resource')[0])).toContain(resource.value);
	expect(declared).toContainEqual([resource.value, operation.value]);
	expect(findOperation(resource.value, operation.value)).toBe(operation);
});

test('no operation is declared twice, and each resource has one menu', () => {
	expect(new Set(declared.map(String)).size).toBe(declared.length);
	expect(operationMenus).toHaveLength(resources.length);
});

test.each(resources)('the operation of a new node exists: $name', (resource) => {
	expect(resource.operations.map(({ value }) => value)).toContain(resource.defaultOperation);
});

test.each([
	['sipTrunk', '__CUSTOM_API_CALL__', 'operation'],
	['__CUSTOM_API_CALL__', '', 'resource'],
	['__CUSTOM_API_CALL__', 'create', 'resource'],
])("n8n's own choice in the menus is told where to go: %s, %s", (resource, operation, field) => {
	let thrown: unknown;
	try {
		findOperation(resource, operation);
	} catch (error) {
		thrown = error;
	}
	expect(thrown).toBeInstanceOf(InvalidInput);
	expect(thrown).toMatchObject({
		problems: [
			{
				field,
				message: expect.stringMatching(
					/^Custom API Call is made by another node\.\nAdd an HTTP Request, .* choose Crazytel API\./,
				) as string,
			},
		],
	});
});

describe('under the node stands in names what it does', () => {
	/** As the editor reads it. */
	function subtitleOf(parameters: INode['parameters']): unknown {
		const crazytel = new Crazytel();
		const node: INode = { id: 'a', name: 'Crazytel', type: 'crazytel', typeVersion: 1, position: [0, 0], parameters };
		const nodeTypes = {
			getByName: () => crazytel,
			getByNameAndVersion: () => crazytel,
			getKnownTypes: () => ({}),
		} as INodeTypes;
		const { expression } = new Workflow({ nodes: [node], connections: {}, active: false, nodeTypes });
		return expression.getSimpleParameterValue(node, crazytel.description.subtitle, 'internal', {});
	}

	test.each(existing)('$operation.name', ({ resource, operation }) => {
		expect(subtitleOf({ resource: resource.value, operation: operation.value })).toBe(
			`${operation.name}: ${resource.name}`,
		);
	});

	test('also where nothing was changed, and n8n has saved nothing', () => {
		expect(subtitleOf({})).toBe('Create: SIP Trunk');
	});

	test("n8n's own choice stays, by which the editor knows it", () => {
		expect(subtitleOf({ resource: 'sipTrunk', operation: '__CUSTOM_API_CALL__' })).toBe(
			'__CUSTOM_API_CALL__: SIP Trunk',
		);
	});

	test('a value has one name, wherever it stands in the menus', () => {
		const named = new Map<string, string>();
		for (const { value, name } of resources.flatMap((resource) => [resource, ...resource.operations])) {
			expect([value, name]).toEqual([value, named.get(value) ?? name]);
			named.set(value, name);
		}
	});
});

test.each([
	[
		'nothing',
		undefined,
		'create',
		'Resource nothing is unknown to this version of the node. Choose it from the list again.',
	],
	[
		'another resource',
		'faxNumber',
		'create',
		"Resource 'faxNumber' is unknown to this version of the node. Choose it from the list again.",
	],
	[
		'a prototype key',
		'__proto__',
		'constructor',
		"Resource '__proto__' is unknown to this version of the node. Choose it from the list again.",
	],
	[
		'a list',
		['sipTrunk'],
		'create',
		'Resource a list is unknown to this version of the node. Choose it from the list again.',
	],
	[
		'another operation',
		'sipTrunk',
		'destroy',
		"Operation 'destroy' is unknown to this version of the node. Choose it from the list again.",
	],
	[
		'an inherited name',
		'sipTrunk',
		'toString',
		"Operation 'toString' is unknown to this version of the node. Choose it from the list again.",
	],
	[
		'other capitals',
		'sipTrunk',
		'Create',
		"Operation 'Create' is unknown to this version of the node. Choose it from the list again.",
	],
	[
		'no operation',
		'sipTrunk',
		null,
		'Operation nothing is unknown to this version of the node. Choose it from the list again.',
	],
	[
		'an operation of a megabyte',
		'sipTrunk',
		'x'.repeat(1_000_000),
		`Operation '${'x'.repeat(40)}…' is unknown to this version of the node. Choose it from the list again.`,
	],
])('an unknown name is refused in words: %s', (_name, resource, operation, message) => {
	const find = () => findOperation(resource, operation);
	expect(find).toThrow(InvalidInput);
	expect(find).toThrow(new Error(message));
});

describe('the parameters are a contract', () => {
	test('exactly these operations exist', () => {
		const values = resources.map(({ value, operations }) => [value, operations.map((one) => one.value).sort()]);
		expect(values).toEqual(
			Object.entries(CONTRACT).map(([value, operations]) => [value, Object.keys(operations).sort()]),
		);
	});

	test.each(existing)('$operation.name has its parameters', ({ resource, operation }) => {
		expect(operation.properties.map(({ name }) => name)).toEqual(CONTRACT[resource.value]?.[operation.value]);
	});

	test.each(resources)('the collections of $name have their fields', ({ value, operations }) => {
		const collections = operations.flatMap((operation) =>
			operation.properties
				.filter(({ type }) => type === 'collection')
				.map((property) => [
					`${operation.value}.${property.name}`,
					innerOf(property)
						.map(({ name }) => name)
						.sort(),
				]),
		);
		expect(Object.fromEntries(collections)).toEqual(COLLECTIONS_OF[value]);
	});

	test('the default resource is for ever', () => {
		expect(menusOf('resource').map((menu) => menu.default)).toEqual([DEFAULTS.resource]);
	});

	test('an option that is added is on', () => {
		const switches = everyField
			.filter(({ name }) => name === 'options')
			.flatMap(innerOf)
			.filter(({ type }) => type === 'boolean');
		expect(switches.length).toBeGreaterThan(5);
		for (const { name, default: added } of switches) expect([name, added]).toEqual([name, true]);
	});

	test.each(resources)('the defaults of $name are for ever', ({ value }) => {
		const fields = fieldsOf(value);
		expect(fields.length).toBeGreaterThan(0);
		for (const field of fields) {
			expect(DEFAULTS_OF[value]).toHaveProperty(field.name);
			expect([field.name, field.default]).toEqual([field.name, DEFAULTS_OF[value]?.[field.name]]);
		}
	});

	test('the credential and the node keep their names and version', () => {
		const { description } = new Crazytel();
		expect(description.name).toBe('crazytel');
		expect(description.version).toBe(1);
		expect(description.credentials).toEqual([{ name: 'crazytelApi', required: true }]);
	});

	test('a trunk is chosen from the list, by its ID or by its username', () => {
		const trunks = fieldsOf('sipTrunk').filter(({ name }) => name === 'trunk');
		expect(trunks).toHaveLength(6);
		for (const trunk of trunks) {
			expect(trunk.type).toBe('resourceLocator');
			expect(trunk.modes?.map(({ name }) => name)).toEqual(['list', 'id', 'username']);
		}
	});

	test('a password is generated unless one is entered', () => {
		const [source] = everyField.filter(({ name }) => name === 'passwordSource');
		expect(valuesOf(source)).toEqual(['generate', 'enter']);
	});
});

test('every parameter that hides what is typed is known as one that holds a secret', () => {
	const hidden = everyField.filter(({ typeOptions }) => typeOptions?.password === true).map(({ name }) => name);
	expect(hidden.length).toBeGreaterThan(0);
	expect([...secretParameters].sort()).toEqual([...new Set(hidden)].sort());
});

describe('the fields are shown where they belong', () => {
	const shown = properties.slice(1 + operationMenus.length);

	test('every field of every operation is there, in its order', () => {
		expect(shown.map(({ name }) => name)).toEqual(
			existing.flatMap(({ operation }) => operation.properties.map(({ name }) => name)),
		);
	});

	test('each for exactly its resource and its operation', () => {
		const owners = existing.flatMap(({ resource, operation }) =>
			operation.properties.map(() => [[resource.value], [operation.value]]),
		);
		expect(
			shown.map(({ displayOptions }) => [displayOptions?.show?.resource, displayOptions?.show?.operation]),
		).toEqual(owners);
		expect(shown.filter(({ displayOptions }) => displayOptions?.hide !== undefined)).toEqual([]);
	});

	test('a password only when it is entered, a limit only when not all are wanted, and no other field of a trunk depends on anything', () => {
		const ofTrunks = shown.filter(({ displayOptions }) => displayOptions?.show?.resource?.includes('sipTrunk'));
		const conditions = ofTrunks.map(({ name, displayOptions }) => {
			const others = Object.entries(displayOptions?.show ?? {}).filter(
				([key]) => key !== 'resource' && key !== 'operation',
			);
			return [name, Object.fromEntries(others)] as const;
		});
		expect(conditions.filter(([, others]) => Object.keys(others).length > 0)).toEqual([
			['password', { passwordSource: ['enter'] }],
			['password', { passwordSource: ['enter'] }],
			['limit', { returnAll: [false] }],
			['password', { passwordSource: ['enter'] }],
		]);
	});

	test('an operation object stays as it was written', () => {
		for (const { operation } of existing) {
			for (const { displayOptions } of operation.properties) {
				expect(displayOptions?.show?.operation).toBeUndefined();
			}
		}
	});
});

describe('the words in the editor', () => {
	test.each(Object.values(settings))(
		'the field $parameter is called $label, as in every message',
		({ parameter, label }) => {
			const fields = fieldsOf('sipTrunk').filter(({ name }) => name === parameter);
			expect(fields.length).toBeGreaterThan(0);
			for (const { displayName, typeOptions } of fields) {
				const isDynamic = typeOptions?.loadOptionsMethod !== undefined;
				expect(displayName).toBe(isDynamic ? `${label} Name or ID` : label);
			}
		},
	);

	test('the fields of a collection are in alphabetical order', () => {
		const collections = everyField.filter(({ type }) => type === 'collection');
		expect(collections.length).toBeGreaterThan(0);
		for (const collection of collections) {
			const names = innerOf(collection).map(({ displayName }) => displayName);
			expect(names).toEqual([...names].sort((a, b) => a.localeCompare(b)));
		}
	});

	test('the operations in a menu are in alphabetical order', () => {
		for (const menu of operationMenus) {
			const names = ((menu.options ?? []) as INodePropertyOptions[]).map(({ name }) => name);
			expect(names).toEqual([...names].sort((a, b) => a.localeCompare(b)));
		}
	});

	test('nothing in a collection is set beforehand', () => {
		for (const collection of everyField.filter(({ type }) => type === 'collection')) {
			expect(collection.default).toEqual({});
			expect(innerOf(collection).filter(({ required }) => required)).toEqual([]);
		}
	});

	test('no dropdown marks what an expression gives in another form than its list', () => {
		const dropdowns = everyField.filter(({ typeOptions }) => typeOptions?.loadOptionsMethod !== undefined);
		expect(dropdowns.length).toBeGreaterThanOrEqual(2);
		for (const dropdown of dropdowns) expect(dropdown.allowArbitraryValues).toBe(true);
	});

	test('every password is hidden while it is typed', () => {
		const secrets = everyField.filter(({ name, type }) => /password/i.test(name) && type === 'string');
		expect(secrets.length).toBeGreaterThanOrEqual(2);
		for (const secret of secrets) expect(secret.typeOptions?.password).toBe(true);
	});

	test('descriptions have no full stop, unless they link to the words on expressions', () => {
		for (const { description = '' } of everyField) {
			if (!description.includes('<a href')) expect(description).not.toMatch(/\.$/);
		}
	});

	test('a field is called the same wherever it stands', () => {
		const named = new Map<string, string>();
		for (const { name, displayName } of everyField) {
			expect(displayName).toBe(named.get(name) ?? displayName);
			named.set(name, displayName);
		}
	});
});

describe('the dropdowns', () => {
	const loaded = everyField.flatMap(({ typeOptions }) =>
		typeOptions?.loadOptionsMethod === undefined ? [] : [typeOptions.loadOptionsMethod],
	);
	const searched = everyField.flatMap(({ modes = [] }) =>
		modes.flatMap(({ typeOptions }) =>
			typeOptions?.searchListMethod === undefined ? [] : [typeOptions.searchListMethod],
		),
	);

	test('every method that a field refers to exists, and none is left over', () => {
		expect([...new Set(loaded)].sort()).toEqual(Object.keys(methods.loadOptions).sort());
		expect([...new Set(searched)].sort()).toEqual(Object.keys(methods.listSearch).sort());
	});

	test('no two resources give one name to different methods', () => {
		for (const { pickers } of resources) {
			expect(methods.loadOptions).toMatchObject(pickers?.loadOptions ?? {});
			expect(methods.listSearch).toMatchObject(pickers?.listSearch ?? {});
		}
	});

	test('the methods keep their names', () => {
		expect(Object.keys(methods.loadOptions).sort()).toEqual([
			'getAddresses',
			'getOwners',
			'getSmsSenders',
			'getVerifiedNumbers',
		]);
		expect(Object.keys(methods.listSearch).sort()).toEqual(['searchPhoneNumbers', 'searchTrunks']);
		expect(new Crazytel().methods).toBe(methods);
	});

	test('caller IDs are all verified numbers, SMS senders those that can send', () => {
		const methodsOf = (name: string) =>
			new Set(
				everyField.filter((field) => field.name === name).map(({ typeOptions }) => typeOptions?.loadOptionsMethod),
			);
		expect(methodsOf('callerIdNumber')).toEqual(new Set(['getVerifiedNumbers']));
		expect(methodsOf('smsSender')).toEqual(new Set(['getSmsSenders']));
		expect(methodsOf('from')).toEqual(new Set(['getSmsSenders']));
	});
});

test('the editor refuses no text as a trunk: what is dropped there comes as an ID, also a username', () => {
	for (const trunk of everyField.filter(({ name }) => name === 'trunk')) {
		expect(trunk.modes?.map(({ name, validation }) => [name, validation])).toEqual([
			['list', undefined],
			['id', undefined],
			['username', undefined],
		]);
	}
});
