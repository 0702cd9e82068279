import { nearFormsOf } from '../../../nodes/Crazytel/run/nearForms';

/** The texts of a list that are near to one. */
const near = (text: string, ...listed: string[]) => nearFormsOf(listed.map((form) => [form, form] as const)).of(text);

describe('a text is near', () => {
	test.each([
		['that is the same', 'Lamp', 'Lamp'],
		['in another case', 'Lamp', 'LAMP'],
		['in another case, of any script', 'Größe Ж', 'GRÖßE ж'],
		['with space around it', 'Lamp', ' Lamp '],
		['that is escaped', 'Lamps & Co', 'Lamps &amp; Co'],
		['whose letters have lost their marks', 'Café Zoë', 'Cafe Zoe'],
		['all of whose letters have lost their marks', 'Éé', 'Ee'],
		['whose letter is written as two', 'Straße', 'Strasse'],
		['whose letters with marks are gone', 'Café Zoë', 'Caf Zo'],
		['whose letters with marks were replaced', 'Café Zoë', 'Caf? Zo?'],
		['whose letters were replaced, byte by byte', 'Café', 'Caf??'],
		['whose emoji was replaced, byte by byte', 'Lamp 😀', 'Lamp ????'],
		['whose letters were replaced by the sign for that', 'Café', 'Caf\uFFFD'],
		['whose letters were replaced by a line', 'Café', 'Caf_'],
		['that was read as Latin-1', 'Café', 'CafÃ©'],
		['of which no letter is left', '営業', '??'],
		['whose emoji is gone, with its space', 'Lamp 😀', 'Lamp'],
		['whose emoji is gone from its beginning, with its space', '😀 Lamp', 'Lamp'],
		['whose emoji is gone from between two words', 'Red 😀 Lamp', 'Red Lamp'],
		['whose quotes are gone', `Lamp "7"`, 'Lamp 7'],
		['whose quotes were escaped by hand', `O'Neil`, `O\\'Neil`],
		['whose apostrophe was straightened', 'O’Neil', `O'Neil`],
		['whose dash was made a plain one', 'Lamp – 7', 'Lamp - 7'],
		['whose sign is gone', 'Lamps & Co', 'Lamps Co'],
		['in another case, and damaged', 'Café', 'CAF?'],
	])('%s', (_, text, listed) => {
		expect(near(text, listed)).toEqual([listed]);
	});
});

describe('a text is not near', () => {
	test.each([
		['that is another one', 'Lamp', 'Chair'],
		['that only begins so', 'Lamp', 'Lamp 7'],
		['that is only the beginning', 'Lamp 7', 'Lamp'],
		['with other signs, none of which is often lost', 'Lamp-7', 'Lamp 7'],
		['without a space, where nothing stood that could be lost', 'Red Lamp', 'RedLamp'],
		['without a space that stands apart from what was lost', 'Red Lamp é', 'RedLamp ?'],
		['without a plain sign beside what was lost', 'Café-7', 'Caf?7'],
		['with a plain letter fewer', 'Café Zoë', 'Caf Z'],
		['with letters that were not sent', 'Café', 'Cafés'],
		['with more signs than a letter can become', 'Café', 'Caf?????'],
		['whose damage stands elsewhere', 'Café', '?Caf'],
		['with marks that were not sent', 'Cafe', 'Café'],
		['with other marks', 'Café', 'Cafè'],
		['of which nothing is left', '営業', ''],
		['whose signs mean something to a pattern', 'Lamp (é.)', 'Lamp xéx'],
	])('%s', (_, text, listed) => {
		expect(near(text, listed)).toEqual([]);
	});
});

test('signs that mean something to a pattern are only signs', () => {
	for (const sign of '\\^$.*+?()[]{}|/') {
		expect(near(`Café ${sign} 7`, `Caf? ${sign} 7`)).toEqual([`Caf? ${sign} 7`]);
		expect(near(`Café ${sign} 7`, 'Caf? # 7')).toEqual([]);
	}
});

describe('a text that was cut', () => {
	const long = 'The lamps beside a reddish door';
	const cut = long.slice(0, 24);

	test('is near to the whole one', () => {
		expect(near(long, cut)).toEqual([cut]);
		expect(near(long.toUpperCase(), cut)).toEqual([cut]);
		expect(near('Thé lamps beside a reddish door', cut)).toEqual([cut]);
	});

	test('is at least so long', () => {
		expect(near(long, long.slice(0, 23))).toEqual([]);
	});

	test('is one of the longest of its list: a limit would have cut a longer one', () => {
		const other = 'Another lamp of 24 signs';
		expect(other).toHaveLength(cut.length);
		expect(near(long, other, cut, 'Lamp')).toEqual([cut]);
		expect(near(long, `${other}!`, cut)).toEqual([]);
	});

	test('is shorter than the whole one', () => {
		expect(near('The lamps beside a reddi', 'Thé lamps beside a reddi')).toEqual([]);
		expect(near(cut, cut)).toEqual([cut]);
		expect(near(cut, `${cut}!`)).toEqual([]);
		expect(near(`${cut.slice(0, 23)}x`, cut)).toEqual([]);
	});
});

test('all that are near are found, each once', () => {
	expect(near('Café', 'Cafe', 'CAFE', 'Chair', 'Caf?', 'café')).toEqual(
		expect.arrayContaining(['Cafe', 'CAFE', 'Caf?', 'café']),
	);
	expect(near('Café', 'Cafe', 'CAFE', 'Chair', 'Caf?', 'café')).toHaveLength(4);
	// By both of its skeletons.
	expect(near('Café', 'café')).toEqual(['café']);
});

test('of a long list only those with the same letters and digits are looked at closely, and only for a text that can be damaged', () => {
	const endings = ['', ...'abcdefghijklmnopqrstuvwxyz0123456789'];
	// Each close look reads the text as bytes, once.
	const looks = jest.spyOn(Buffer, 'from');
	try {
		for (const ending of endings) {
			const others = endings.filter((other) => other !== ending).map((other) => `?? ${other}`);
			near(`営業 ${ending}`, ...others);
			expect(looks).not.toHaveBeenCalled();
			near(`営業 ${ending}`, ...others, `?? ${ending}`);
			expect(looks).toHaveBeenCalledTimes(1);
			looks.mockClear();
		}
		near('Lamp 7', 'Lamp-7');
		expect(looks).not.toHaveBeenCalled();
	} finally {
		looks.mockRestore();
	}
});

test('things of the same text are several, and the same thing is one', () => {
	const [one, two] = [{ id: 'a' }, { id: 'b' }];
	expect(
		nearFormsOf([
			['Lamp', one],
			['LAMP', two],
			['lamp', one],
		]).of('Lamp'),
	).toEqual([one, two]);
});

test('what has no text is near to nothing, not even to no text', () => {
	expect(near('', '', ' ', '\u200B')).toEqual([]);
	expect(near('営業', '', ' ')).toEqual([]);
	expect(nearFormsOf([]).of('Lamp')).toEqual([]);
});
