/* eslint-disable @typescript-eslint/no-require-imports, @n8n/community-nodes/require-node-api-error -- the modules are loaded afresh for each zod, and a test fails with the error as it is */
type Validation = ReturnType<typeof loadValidation>;

/** The zods that hosts bring along or may bring along: which package, and which version it must be. */
export const zods = [
	{ version: '3.25.76', package: 'zod' },
	{ version: '3.24.1', package: 'zod-3-24' },
	{ version: '4.6.7', package: 'zod-4' },
] as const;

function loadValidation() {
	return {
		...(require('../../../nodes/Crazytel/validation/areaCode') as typeof import('../../../nodes/Crazytel/validation/areaCode')),
		...(require('../../../nodes/Crazytel/validation/description') as typeof import('../../../nodes/Crazytel/validation/description')),
		...(require('../../../nodes/Crazytel/validation/flag') as typeof import('../../../nodes/Crazytel/validation/flag')),
		...(require('../../../nodes/Crazytel/validation/invalidInput') as typeof import('../../../nodes/Crazytel/validation/invalidInput')),
		...(require('../../../nodes/Crazytel/validation/password') as typeof import('../../../nodes/Crazytel/validation/password')),
		...(require('../../../nodes/Crazytel/validation/phoneNumber') as typeof import('../../../nodes/Crazytel/validation/phoneNumber')),
		...(require('../../../nodes/Crazytel/validation/trunkFilters') as typeof import('../../../nodes/Crazytel/validation/trunkFilters')),
		...(require('../../../nodes/Crazytel/validation/trunkId') as typeof import('../../../nodes/Crazytel/validation/trunkId')),
		...(require('../../../nodes/Crazytel/validation/trunkLocator') as typeof import('../../../nodes/Crazytel/validation/trunkLocator')),
		...(require('../../../nodes/Crazytel/validation/trunkSettings') as typeof import('../../../nodes/Crazytel/validation/trunkSettings')),
		/** The zod that the modules above got. */
		zod: require('zod') as typeof import('zod'),
		/** The zod that they were meant to get. */
		wanted: undefined as unknown,
	};
}

function loadWith(packageName: string): Validation {
	let loaded: Validation | undefined;
	jest.isolateModules(() => {
		const wanted = jest.requireActual<typeof import('zod')>(packageName);
		jest.doMock('zod', () => wanted);
		loaded = { ...loadValidation(), wanted };
		jest.dontMock('zod');
	});
	if (loaded === undefined) throw new Error(`The validation did not load with ${packageName}`);
	return loaded;
}

/** Describes a behaviour of the validation once for every zod that a host may have. */
export function describeWithEachZod(name: string, body: (validation: Validation) => void): void {
	describe.each(zods)(`${name}, with zod $version`, (zod) => body(loadWith(zod.package)));
}

/** What a schema says of a value: its problems, or none and what was read. */
export function outcome(
	schema: {
		safeParse(
			value: unknown,
		):
			| { success: true; data: unknown }
			| { success: false; error: { issues: Array<{ message: string }> } };
	},
	value: unknown,
): { read?: unknown; problems: string[] } {
	const parsed = schema.safeParse(value);
	return parsed.success
		? { read: parsed.data, problems: [] }
		: { problems: parsed.error.issues.map(({ message }) => message) };
}

/** The InvalidInput that a reader throws; fails the test when it throws none. */
export function refusal(
	{ InvalidInput }: Pick<Validation, 'InvalidInput'>,
	read: () => unknown,
): InstanceType<Validation['InvalidInput']> {
	try {
		read();
	} catch (error) {
		if (error instanceof InvalidInput) return error;
		throw error;
	}
	throw new Error('Nothing was refused');
}

/** What expressions yield instead of the text or number that a field wants. */
export const wrongTypes: Array<[string, unknown]> = [
	['a list', ['61291234567']],
	['an object', { number: '61291234567' }],
	['a date', new Date(0)],
	['NaN', Number.NaN],
	['Infinity', Number.POSITIVE_INFINITY],
	['a function', () => '61291234567'],
	['a symbol', Symbol('61291234567')],
];
