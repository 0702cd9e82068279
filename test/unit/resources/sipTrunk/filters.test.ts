import { InvalidInput } from '../../../../nodes/Crazytel/input/invalidInput';
import { getMany } from '../../../../nodes/Crazytel/resources/sipTrunk/getMany';
import { wrongTypes } from '../../input/outcome';
import { itemOf } from '../itemOf';

const filters = getMany.properties.flatMap(({ name, options = [] }) =>
	name === 'filters' ? options.map((filter) => filter.name) : [],
);

const wanted = {
	id: 'wanted',
	caller_id_number: '61291234567',
	description: 'Acme',
	enabled: false,
	sms_sender: '61412345678',
	username: 'CT1234567',
};
const others = [
	{ caller_id_number: '61398765432' },
	{ description: 'Other' },
	{ enabled: true },
	{ sms_sender: '61498765432' },
	{ username: 'CT7654321' },
].map((other, index) => ({ ...wanted, ...other, id: `other ${index}` }));

async function found(given: unknown, trunks = [...others, wanted]): Promise<unknown[]> {
	const { item } = itemOf({ returnAll: true, filters: given }, { trunks });
	const plan = await getMany.prepare(item);
	return plan.do === 'give' ? plan.found.map(({ id }) => id) : [plan];
}

async function refusedFilters(given: Record<string, unknown>): Promise<InvalidInput> {
	const { item, asked } = itemOf({ returnAll: true, filters: given });
	const thrown: unknown = await getMany.prepare(item).catch((error: unknown) => error);
	expect(thrown).toBeInstanceOf(InvalidInput);
	// Nothing is worth asking for.
	expect(asked).toEqual([]);
	return thrown as InvalidInput;
}

test('without a filter every trunk is found', async () => {
	expect(await found({})).toHaveLength(others.length + 1);
});

test('all of them are read, and every one must fit', async () => {
	expect(
		await found({
			callerIdNumber: '(02) 9123 4567',
			description: ' Acme ',
			enabled: 'FALSE',
			smsSender: 412345678,
			username: 1234567,
		}),
	).toEqual(['wanted']);
});

test('an SMS sender need not be one: the account may hold an older one', async () => {
	const older = { ...wanted, id: 'older', sms_sender: '61291234567' };
	expect(await found({ smsSender: '0291234567' }, [wanted, older])).toEqual(['older']);
});

test.each(filters)('%s that is empty is refused', async (name) => {
	for (const value of ['', ' \u200b', null, undefined]) {
		const { problems, message } = await refusedFilters({ [name]: value });
		expect(problems.map(({ field }) => field)).toEqual([name]);
		expect(message).toMatch(
			/^[A-Z][A-Za-z ]+ is empty\. Fill it in, or remove the filter\. An expression may have found nothing in this item\.$/,
		);
	}
});

test.each(wrongTypes)('%s is no filter', async (_name, value) => {
	for (const name of filters) {
		const { problems } = await refusedFilters({ [name]: value });
		expect(problems.map(({ field }) => field)).toEqual([name]);
	}
});

test('every problem is named, in the order of the editor', async () => {
	const { message } = await refusedFilters({ username: [], enabled: 'Y', description: '', callerIdNumber: 'Jim' });
	expect(message.match(/Caller ID|Description|Enabled|Username/g)).toEqual([
		'Caller ID',
		'Description',
		'Enabled',
		'Username',
	]);
});

test('what is not a filter is left out, inherited ones too', async () => {
	const given = Object.assign(
		Object.create({ username: 'CT9' }) as object,
		JSON.parse('{"__proto__":{"enabled":true},"area":"02"}'),
	);
	expect(await found(given)).toHaveLength(others.length + 1);
});
