import type { RequestKind } from '../../sandbox';
import type { Server } from './example';
import { type Case, cases, play, writesOf } from './stage';

/** What a run reads beside its writes, however many items it has: "Requests" in docs/operations.md. */
const READS: Record<string, Partial<Record<RequestKind, number>>> = {
	'account getBalance': { balance: 1 },
	// A request for each of three different questions; those that take several pages are in test/callRecords.
	'callRecord getAll': { callRecords: 3 },
	'phoneNumber buy': { ownedNumbers: 2 },
	// A request for each of three different searches.
	'phoneNumber searchAvailable': { availableNumbers: 3 },
	'phoneNumber update': { ownedNumbers: 1 },
	'phoneNumber routeToTrunk': { ownedNumbers: 1, list: 1 },
	'phoneNumber get': { ownedNumbers: 1 },
	'phoneNumber getAll': { ownedNumbers: 1 },
	'sipTrunk create': { list: 1, verified: 1 },
	'sipTrunk create with a password that was entered': { list: 1, verified: 1 },
	'sipTrunk upsert of new trunks': { list: 2, verified: 1 },
	'sipTrunk upsert of trunks that exist': { list: 1, verified: 1 },
	'sipTrunk update': {},
	'sipTrunk suspend': { list: 1 },
	'sipTrunk enable': {},
	'sipTrunk rotatePassword': {},
	'sipTrunk delete by ID': {},
	'sipTrunk delete by username': { list: 1 },
	'sipTrunk get': { list: 1 },
	'sipTrunk getAll': { list: 1 },
	'sms send': { verified: 1 },
	'sms send under a key of the user': { verified: 1 },
	'verifiedNumber getAll': { verified: 1 },
};

const ours = cases.filter(({ resource }) => resource !== 'trial');

let server: Server | undefined;

afterEach(async () => {
	await server?.close();
	server = undefined;
});

async function readsOf(example: Case): Promise<Partial<Record<RequestKind, number>>> {
	server = await example.open();
	const { error } = await play(server, example);
	expect(error).toBeUndefined();
	expect(writesOf(server)).toHaveLength(example.effect === 'read' ? 0 : example.items.length);
	const reads = server.requests.filter(({ method }) => method === 'GET').map(({ kind }) => kind);
	return Object.fromEntries([...new Set(reads)].map((kind) => [kind, reads.filter((each) => each === kind).length]));
}

test('of each example it is said what its run reads', () => {
	expect(Object.keys(READS).sort()).toStrictEqual(ours.map(({ name }) => name).sort());
});

test.each(ours)('$name: a write for each item, and these reads', async (example) => {
	expect(await readsOf(example)).toStrictEqual(READS[example.name]);
});
