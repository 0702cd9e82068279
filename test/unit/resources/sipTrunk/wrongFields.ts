/** Sets one field of the parameters, as a value or as the expression that yields it. */
export type Aim = (value: unknown) => Record<string, unknown>;

/** A field as people read it, and how to hit it. */
export type Target = [label: string, aim: Aim];

/** An expression, and what it yields. */
export type Wrong = [expression: string, value: unknown];

const labels: Record<string, string> = {
	areaCode: 'Area Code',
	callerIdNumber: 'Caller ID',
	description: 'Description',
	enabled: 'Enabled',
	hideCallerId: 'Hide Caller ID',
	password: 'Password',
	smsSender: 'SMS Sender',
	softphoneShowBalance: 'Softphone Show Balance',
	softphoneSyncSms: 'Softphone Sync SMS',
};

/**
 * The fields that an expression may fill with anything.
 *
 * @param create parameters of a create that would succeed
 * @param update of an update that would
 */
export function targetsOf(create: object, update: { trunk?: unknown }) {
	const required: Target[] = [
		['Password', (password) => ({ ...create, password })],
		['Caller ID', (callerIdNumber) => ({ ...create, callerIdNumber })],
		['Trunk', (value) => ({ ...update, trunk: { __rl: true, mode: 'id', value } })],
		['Trunk', (value) => ({ operation: 'suspend', trunk: { __rl: true, mode: 'list', value } })],
		['Trunk', (trunk) => ({ operation: 'enable', trunk })],
		['Password Source', (passwordSource) => ({ ...create, passwordSource })],
	];
	const updateFields = Object.entries(labels).map(
		([name, label]): Target => [label, (value) => ({ ...update, updateFields: { [name]: value } })],
	);
	const additionalFields = Object.entries(labels)
		.filter(([name]) => !['password', 'callerIdNumber', 'description'].includes(name))
		.map(([name, label]): Target => [label, (value) => ({ ...create, additionalFields: { [name]: value } })])
		.concat([['Description', (trunkDescription) => ({ ...create, trunkDescription })]]);
	const options: Target[] = [
		['Check Numbers', (checkNumbers) => ({ ...create, options: { checkNumbers } })],
		['Include Password', (includePassword) => ({ ...create, options: { includePassword } })],
	];
	/** Those for which no number is right, one of each kind. */
	const numberless: Target[] = [
		['Caller ID', required[1]?.[1] as Aim],
		['Area Code', updateFields[0]?.[1] as Aim],
		['SMS Sender', updateFields[6]?.[1] as Aim],
		['Enabled', updateFields[3]?.[1] as Aim],
		['Password', updateFields[5]?.[1] as Aim],
		['Trunk', required[2]?.[1] as Aim],
		['Check Numbers', options[0]?.[1] as Aim],
	];
	/** On-off fields: 0 is off there. */
	const switches = [
		'Enabled',
		'Hide Caller ID',
		'Softphone Show Balance',
		'Softphone Sync SMS',
		...options.map(([label]) => label),
	];
	return { required, updateFields, additionalFields, options, numberless, switches };
}

/** Never right, in any field. */
export const neverRight: Wrong[] = [
	['={{ ["61291234567"] }}', ['61291234567']],
	['={{ [] }}', []],
	['={{ ({ value: "61291234567" }) }}', { value: '61291234567' }],
	['={{ ({}) }}', {}],
	['={{ NaN }}', Number.NaN],
	['={{ Infinity }}', Number.POSITIVE_INFINITY],
	['={{ -Infinity }}', Number.NEGATIVE_INFINITY],
	['={{ new Date(0) }}', new Date(0)],
	['={{ JSON.parse(\'{"__proto__":{"enabled":true} }\') }}', JSON.parse('{"__proto__":{"enabled":true} }')],
	['={{ new Map() }}', new Map()],
	['={{ Symbol("true") }}', Symbol('true')],
];

/** Nothing was found. */
export const nothing: Wrong[] = [
	['={{ null }}', null],
	['={{ undefined }}', undefined],
	['={{ $json.missing }}', undefined],
	['={{ $json.missing.deeper }}', undefined],
	// n8n turns an error of the expression's own into nothing.
	['={{ (() => { throw new Error("boom") })() }}', null],
];

export const numbers: Wrong[] = [
	['={{ -1 }}', -1],
	['={{ 1e21 }}', 1e21],
	['={{ 0 }}', 0],
	['={{ 0.5 }}', 0.5],
	['={{ 12n }}', 12n],
];
