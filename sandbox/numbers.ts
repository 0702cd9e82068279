/** A phone number as the account holds it. `null` is a setting that was never made. */
export interface StoredNumber {
	did_number: string;
	description: string | null;
	primary_route: string;
	primary_destination: string | null;
	primary_timeout: number | null;
	backup_route: string | null;
	backup_destination: string | null;
	status: string;
}

/** A number that can be bought, with what it costs in dollars. */
export interface AvailableNumber {
	did_number: string;
	country: string;
	state: string;
	city: string;
	number_type: string;
	channels: number;
	setup_cost: number;
	monthly_cost: number;
}

/** A place or a person that a number is registered to. */
export interface Registered {
	id: string;
	[detail: string]: string;
}

/** The phone numbers of an account. Everything is handed out as copies. */
export interface Numbers {
	owned(): StoredNumber[];
	/** As they were so many milliseconds ago. */
	ownedBefore(lagMs: number): StoredNumber[];
	find(number: string): StoredNumber | undefined;
	/** Adds a number that has been there all along. */
	add(seed: Partial<StoredNumber> & { did_number: string }): StoredNumber;
	update(number: string, change: Partial<StoredNumber>): StoredNumber | undefined;
	available(): AvailableNumber[];
	/** What was available and is bought. */
	sold(): AvailableNumber[];
	/** Adds a number that can be bought. */
	offer(seed: Partial<AvailableNumber> & { did_number: string }): void;
	/** Takes one that is available, for its price. */
	buy(number: AvailableNumber, change: Partial<StoredNumber>): void;
	/** What each purchase has cost, in their order, in dollars. */
	purchases(): Array<{ did_number: string; cost: number }>;
	readonly addresses: readonly Registered[];
	readonly owners: readonly Registered[];
	/** Back to the state at the start. */
	reset(): void;
}

const cities: Array<[city: string, state: string, beginning: string]> = [
	['Sydney', 'NSW', '6129200'],
	['Coffs_Harbour', 'NSW', '6126600'],
	['Melbourne', 'VIC', '6138600'],
	['Brisbane', 'QLD', '6173500'],
	['Perth', 'WA', '6186100'],
];

const fresh = {
	description: null,
	primary_route: 'congestion',
	primary_destination: null,
	primary_timeout: 60,
	backup_route: null,
	backup_destination: null,
	status: 'active',
};

const priced = {
	country: 'AU',
	state: 'NSW',
	city: 'Sydney',
	number_type: 'local',
	channels: 4,
	setup_cost: 5,
	monthly_cost: 2.5,
};

function stockAtStart(): AvailableNumber[] {
	return cities.flatMap(([city, state, beginning], index) =>
		Array.from({ length: 6 }, (_, row) => ({
			...priced,
			did_number: `${beginning}${String(1000 + row * 111)}`,
			city,
			state,
			monthly_cost: 2 + index / 2,
		})),
	);
}

const addresses: Registered[] = [
	{
		id: 'a1f0c3d2-1111-4a11-8a11-0000000000a1',
		address: '12 Canary Street',
		city: 'Sydney',
		state: 'NSW',
		postcode: '2000',
	},
	{
		id: 'a1f0c3d2-2222-4a22-8a22-0000000000a2',
		address: '7 Wattle Lane',
		city: 'Perth',
		state: 'WA',
		postcode: '6000',
	},
];

const owners: Registered[] = [
	{ id: 'b2e0c3d2-1111-4b11-8b11-0000000000b1', first_name: 'Canaria', last_name: 'Holder' },
	{ id: 'b2e0c3d2-2222-4b22-8b22-0000000000b2', name: 'Wattle Pty Ltd' },
];

/**
 * Makes the phone numbers of an account that lives in memory: none owned, some to buy.
 *
 * @param now the clock of the lag, milliseconds since 1970
 */
export function createNumbers(now: () => number): Numbers {
	let stored = new Map<string, StoredNumber>();
	let stock: AvailableNumber[] = stockAtStart();
	let sold: AvailableNumber[] = [];
	let purchases: Array<{ did_number: string; cost: number }> = [];
	/** What was owned from then on. */
	let states: Array<{ at: number; owned: StoredNumber[] }> = [];

	const owned = (): StoredNumber[] => [...stored.values()].map((number) => ({ ...number }));
	// None of them is ever changed, so they need no copies.
	const note = (): void => void states.push({ at: now(), owned: [...stored.values()] });

	return {
		owned,
		ownedBefore(lagMs) {
			if (lagMs === 0) return owned();
			const then = now() - lagMs;
			return (states.filter(({ at }) => at <= then).pop()?.owned ?? []).map((number) => ({ ...number }));
		},
		find(number) {
			const found = stored.get(number);
			return found && { ...found };
		},
		add(seed) {
			const added = { ...fresh, ...seed };
			stored.set(added.did_number, added);
			for (const state of states) state.owned.push(added);
			if (states.length === 0) states.push({ at: -Infinity, owned: [...stored.values()] });
			return { ...added };
		},
		update(number, change) {
			const found = stored.get(number);
			if (found === undefined) return undefined;
			stored.set(number, { ...found, ...change });
			note();
			return { ...found, ...change };
		},
		available: () => stock.map((number) => ({ ...number })),
		offer: (seed) => void stock.push({ ...priced, ...seed }),
		sold: () => sold.map((number) => ({ ...number })),
		buy(number, change) {
			const { did_number, setup_cost, monthly_cost } = number;
			sold.push({ ...number });
			stock = stock.filter((one) => one.did_number !== did_number);
			stored.set(did_number, { ...fresh, ...change, did_number });
			purchases.push({ did_number, cost: setup_cost + monthly_cost });
			note();
		},
		purchases: () => purchases.map((purchase) => ({ ...purchase })),
		addresses,
		owners,
		reset() {
			stored = new Map();
			stock = stockAtStart();
			sold = [];
			purchases = [];
			states = [];
		},
	};
}
