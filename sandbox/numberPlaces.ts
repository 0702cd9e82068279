/** What a request about phone numbers is about. */
export const numberKinds = [
	'availableNumbers',
	'purchase',
	'ownedNumbers',
	'updateNumber',
	'addresses',
	'owners',
	'destinations',
] as const;
export type NumberKind = (typeof numberKinds)[number];

/** Where each of them is (docs/crazytel-api.md, "Phone numbers"). Which form of the second one lists is left to the switches. */
export const numberPlaces: Array<{ pattern: RegExp; methods: Record<string, NumberKind> }> = [
	{ pattern: /^\/api\/v1\/phone-numbers\/available-numbers\/$/, methods: { GET: 'availableNumbers' } },
	{ pattern: /^\/api\/v1\/phone-numbers\/purchase$/, methods: { POST: 'purchase' } },
	{ pattern: /^\/api\/v1\/phone-numbers\/addresses\/$/, methods: { GET: 'addresses' } },
	{ pattern: /^\/api\/v1\/phone-numbers\/owners\/$/, methods: { GET: 'owners' } },
	{ pattern: /^\/api\/v1\/phone-numbers\/destinations\/$/, methods: { GET: 'destinations' } },
	{ pattern: /^\/api\/v1\/phone-numbers$/, methods: { PATCH: 'updateNumber', GET: 'ownedNumbers' } },
	{ pattern: /^\/api\/v1\/phone-numbers\/$/, methods: { GET: 'ownedNumbers' } },
];
