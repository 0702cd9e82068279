/* eslint-disable @typescript-eslint/no-require-imports -- the modules are loaded afresh for each zod, and a version stands in a package's package.json */
import type { INodeProperties } from 'n8n-workflow';

import { trunks } from '../../../nodes/Crazytel/resources/shared/trunks/kind';
import { collectionOf } from '../../../nodes/Crazytel/run/collection';
import type { Item } from '../../../nodes/Crazytel/run/item';

/** The zods that hosts bring along or may bring along: which package, and which version it must be. */
const zods = [
	{ version: '3.25.76', package: 'zod' },
	{ version: '3.24.1', package: 'zod-3-24' },
	{ version: '4.6.7', package: 'zod-4' },
] as const;

const ID = '3f2b8c1e-5a4d-4c6b-9e7f-0a1b2c3d4e5f';
const NO_NUMBER =
	'cannot be read as a phone number. Use a number such as 61291234567, +61 2 9123 4567 or 0412 345 678.';
const NO_PASSWORD = 'Crazytel wants at least 8 characters with an upper-case letter, a lower-case letter and a digit.';

const NO_FLAG = "Say in an expression which value means on, e.g. {{ $json.x === 'Active' }}.";

/** One value that is read, and into what; one or more that are refused, and in which words. */
interface Contract {
	reads: [given: unknown, read: unknown];
	refuses: Array<[given: unknown, message: string]>;
}

/** Of every setting of a trunk, by the API's names. */
const SETTINGS: Record<string, Contract> = {
	area_code: {
		reads: [2, '02'],
		refuses: [['Sydney', "Area Code 'Sydney' is not an Australian area code. Use 02, 03, 07 or 08."]],
	},
	caller_id_number: {
		reads: ['(02) 9123 4567', '61291234567'],
		refuses: [['reception', `Caller ID 'reception' ${NO_NUMBER}`]],
	},
	description: {
		reads: [' Sales ', 'Sales'],
		refuses: [
			[Infinity, "Description must be text, and it is 'Infinity'."],
			['a\nb', "Description 'a<U+000A>b' has a line break or another control character. Make it one line of text."],
		],
	},
	enabled: { reads: ['FALSE', false], refuses: [[2, `Enabled must be true or false, and it is '2'. ${NO_FLAG}`]] },
	hide_caller_id: {
		reads: [true, true],
		refuses: [['maybe', `Hide Caller ID must be true or false, and it is 'maybe'. ${NO_FLAG}`]],
	},
	password: {
		reads: ['Abcdefg1', 'Abcdefg1'],
		refuses: [
			[12345678, `Password must be text, and it is a number. ${NO_PASSWORD}`],
			['abcdefg1', `Password cannot be used: it has no upper-case letter (A to Z). ${NO_PASSWORD}`],
		],
	},
	sms_sender: {
		reads: [412345678, '61412345678'],
		refuses: [
			[NaN, `SMS Sender 'NaN' ${NO_NUMBER}`],
			[
				'02 9123 4567',
				"SMS Sender '02 9123 4567' cannot send SMS: an SMS sender is an Australian mobile number. Use one that starts with 614, e.g. 61412345678.",
			],
		],
	},
	softphone_show_balance: {
		reads: [0, false],
		refuses: [[{}, `Softphone Show Balance must be true or false, and it is an object. ${NO_FLAG}`]],
	},
	softphone_sync_sms: {
		reads: [' Yes ', true],
		refuses: [[[], `Softphone Sync SMS must be true or false, and it is a list. ${NO_FLAG}`]],
	},
};

/** Of every filter of Get Many: what is read is what the trunk that it finds must have. */
const FILTERS: Record<string, Contract & { of: string }> = {
	callerIdNumber: {
		of: 'caller_id_number',
		reads: ['(02) 9123 4567', '61291234567'],
		refuses: [[[], `Caller ID a list ${NO_NUMBER}`]],
	},
	description: {
		of: 'description',
		reads: [' Sales ', 'Sales'],
		refuses: [[Infinity, "Description must be text, and it is 'Infinity'."]],
	},
	enabled: {
		of: 'enabled',
		reads: ['FALSE', false],
		refuses: [[2, `Enabled must be true or false, and it is '2'. ${NO_FLAG}`]],
	},
	smsSender: {
		of: 'sms_sender',
		reads: ['02 9123 4567', '61291234567'],
		refuses: [[true, `SMS Sender 'true' ${NO_NUMBER}`]],
	},
	username: {
		of: 'username',
		reads: [' ct123456 ', 'CT123456'],
		refuses: [[NaN, "Username must be text, and it is 'NaN'."]],
	},
};

const TRUNK_ID: Contract = {
	reads: [` ${ID.toUpperCase()} `, { id: ID }],
	refuses: [
		[
			{ id: 'x' },
			`Trunk 'x' is not a trunk ID. Choose the trunk from the list, or give its ID or its username, e.g. ${ID} or CT123456.`,
		],
	],
};

/** Of a trunk locator, by its mode. */
const LOCATORS: Record<string, Contract> = {
	list: TRUNK_ID,
	id: TRUNK_ID,
	username: {
		reads: [1234567, { username: '1234567' }],
		refuses: [[[], 'Trunk must be a username, and it is a list. Give one username, e.g. CT123456.']],
	},
};

/** The modules that read values, and the zod that they got. */
function loadModules() {
	return {
		zod: require('zod') as typeof import('zod'),
		...(require('../../../nodes/Crazytel/input/flag') as typeof import('../../../nodes/Crazytel/input/flag')),
		...(require('../../../nodes/Crazytel/input/phoneNumber') as typeof import('../../../nodes/Crazytel/input/phoneNumber')),
		...(require('../../../nodes/Crazytel/input/text') as typeof import('../../../nodes/Crazytel/input/text')),
		...(require('../../../nodes/Crazytel/input/words') as typeof import('../../../nodes/Crazytel/input/words')),
		...(require('../../../nodes/Crazytel/resources/shared/settings') as typeof import('../../../nodes/Crazytel/resources/shared/settings')),
		...(require('../../../nodes/Crazytel/resources/shared/trunks/areaCode') as typeof import('../../../nodes/Crazytel/resources/shared/trunks/areaCode')),
		...(require('../../../nodes/Crazytel/resources/sipTrunk/fields') as typeof import('../../../nodes/Crazytel/resources/sipTrunk/fields')),
		...(require('../../../nodes/Crazytel/resources/sipTrunk/getMany') as typeof import('../../../nodes/Crazytel/resources/sipTrunk/getMany')),
		...(require('../../../nodes/Crazytel/resources/shared/trunks/locator') as typeof import('../../../nodes/Crazytel/resources/shared/trunks/locator')),
		...(require('../../../nodes/Crazytel/resources/shared/trunks/password') as typeof import('../../../nodes/Crazytel/resources/shared/trunks/password')),
		...(require('../../../nodes/Crazytel/resources/shared/trunks/settings') as typeof import('../../../nodes/Crazytel/resources/shared/trunks/settings')),
		...(require('../../../nodes/Crazytel/resources/sms/text') as typeof import('../../../nodes/Crazytel/resources/sms/text')),
	};
}

type Modules = ReturnType<typeof loadModules>;

function loadWith(wanted: typeof import('zod')): Modules {
	const loaded: Modules[] = [];
	jest.isolateModules(() => {
		jest.doMock('zod', () => wanted);
		loaded.push(loadModules());
		jest.dontMock('zod');
	});
	return loaded[0] as Modules;
}

test.each(zods)('the package $package is zod $version', ({ package: name, version }) => {
	expect((require(`${name}/package.json`) as { version: string }).version).toBe(version);
});

test('the three zods are three different modules', () => {
	const modules = zods.map(({ package: name }) => (require(name) as typeof import('zod')).z.object);
	expect(new Set(modules).size).toBe(3);
});

test('only one zod has the interface of version 4, so the versions are not mixed up', () => {
	const hasCore = zods.map(({ package: name }) => 'core' in (require(name) as object));
	expect(hasCore).toEqual([false, false, true]);
});

describe.each(zods)('with zod $version', ({ package: name }) => {
	const wanted = require(name) as typeof import('zod');
	const others = zods.filter((zod) => zod.package !== name).map((zod) => require(zod.package) as typeof import('zod'));
	const { getMany, readTrunkLocator, readFlag, readUpdate, settings, trunk, ...modules } = loadWith(wanted);
	const filters = getMany.properties.flatMap(({ name: field, options = [] }) =>
		field === 'filters' ? (options as INodeProperties[]) : [],
	);

	test('every module got that one', () => {
		const {
			zod,
			flag,
			phoneNumber,
			smsRecipient,
			smsSender,
			messageText,
			text,
			lineOfText,
			withWords,
			areaCode,
			trunkId,
			password,
		} = modules;
		expect(zod).toBe(wanted);
		const schemas = [
			flag,
			phoneNumber,
			smsRecipient,
			smsSender,
			messageText,
			text,
			lineOfText(40),
			withWords(wanted.z.string(), () => 'is wrong.'),
			areaCode,
			trunkId,
			password,
			...Object.values(settings).map(({ reads }) => reads),
		];
		for (const schema of schemas) {
			expect(schema).toBeInstanceOf(wanted.ZodType);
			for (const other of others) expect(schema).not.toBeInstanceOf(other.ZodType);
		}
	});

	test('the contract has a line for every setting, every filter and every mode of a locator', () => {
		expect(Object.keys(SETTINGS)).toEqual(Object.keys(settings));
		expect(Object.keys(FILTERS)).toEqual(filters.map((filter) => filter.name));
		expect(Object.keys(LOCATORS)).toEqual(trunk.modes?.map((mode) => mode.name));
	});

	test.each(Object.entries(SETTINGS))(
		'the setting %s is read, or refused in our words',
		(setting, { reads: [given, read], refuses }) => {
			expect(readUpdate(settings, { [setting]: given })).toStrictEqual({ [setting]: read });
			for (const [bad, message] of refuses)
				expect(() => readUpdate(settings, { [setting]: bad })).toThrow(new Error(message));
		},
	);

	test.each(Object.entries(FILTERS))(
		'the filter %s is read, or refused in our words',
		async (filter, { of, reads: [given, read], refuses }) => {
			const listed = collectionOf(trunks, [{ id: 'another' }, { id: 'wanted', [of]: read as string }], 0);
			const find = async (value: unknown) =>
				await getMany.prepare({
					parameter: () => true,
					collection: () => ({ [filter]: value }),
					known: { of: async () => listed },
				} as unknown as Item);
			expect(await find(given)).toMatchObject({ found: [{ id: 'wanted' }] });
			for (const [bad, message] of refuses) await expect(find(bad)).rejects.toThrow(new Error(message));
		},
	);

	test.each(Object.entries(LOCATORS))(
		'a trunk locator in the mode %s is read, or refused in our words',
		(mode, { reads: [value, read], refuses }) => {
			expect(readTrunkLocator({ mode, value })).toStrictEqual(read);
			for (const [bad, message] of refuses)
				expect(() => readTrunkLocator({ mode, value: bad })).toThrow(new Error(message));
		},
	);

	test('the text of a message is read as it is, or refused in our words', () => {
		const { messageText } = modules;
		expect(messageText.parse(' Hello\n🍕 ')).toBe(' Hello\n🍕 ');
		expect(messageText.parse(1042)).toBe('1042');
		const refusals = ['a'.repeat(1_601), ' null', 'a\u001bb', {}, NaN].map((bad) =>
			messageText.safeParse(bad).error?.issues.map(({ message }) => message),
		);
		expect(refusals).toEqual([
			['has 1601 characters, more than the 1600 that Crazytel sends.\nShorten it, or send it in two.'],
			["' null' is what stands for a missing value, not a text.\nLook at the item's input, and give the text."],
			["'a<U+001B>b' has a control character, or half of an emoji.\nTake it out; line breaks and tabs may stay."],
			['must be text, and it is an object.'],
			["must be text, and it is 'NaN'."],
		]);
	});

	test('an option is read, or refused in our words', () => {
		expect(readFlag('Dry Run', 'dryRun', 'True')).toBe(true);
		expect(() => readFlag('Dry Run', 'dryRun', null)).toThrow(
			/^Dry Run must be true or false, and it is nothing\..* write \{\{ \$json\.Active \?\? false \}\}\.$/,
		);
	});
});
