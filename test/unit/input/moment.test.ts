import { InvalidInput } from '../../../nodes/Crazytel/input/invalidInput';
import { type Edge, monthsBefore, readMoment } from '../../../nodes/Crazytel/input/moment';

const SYDNEY = 'Australia/Sydney';

function read(value: unknown, { edge = 'start' as Edge, zone = SYDNEY } = {}): string | undefined {
	const moment = readMoment('Start Date', 'startDate', value, zone, edge);
	return moment === undefined ? undefined : new Date(moment).toISOString();
}

test.each([
	['2026-11-26', '2026-11-25T13:00:00.000Z'],
	['2026-07-26', '2026-07-25T14:00:00.000Z'],
	[' 2026-11-26T10:00:00 ', '2026-11-25T23:00:00.000Z'],
	['2026-11-26 10:00', '2026-11-25T23:00:00.000Z'],
	['2026-11-26T10:00:00.123456', '2026-11-25T23:00:00.123Z'],
	['2026-11-26T10:00:00Z', '2026-11-26T10:00:00.000Z'],
	['2026-11-26t10:00:00z', '2026-11-26T10:00:00.000Z'],
	['2026-11-26T10:00:00+10:30', '2026-11-25T23:30:00.000Z'],
	['2026-11-26T10:00:00-0500', '2026-11-26T15:00:00.000Z'],
	['2026-11-26T10:00:00+10', '2026-11-26T00:00:00.000Z'],
	['2026-11-26T10:00:00+14:00', '2026-11-25T20:00:00.000Z'],
	['2024-02-29', '2024-02-28T13:00:00.000Z'],
])('the text %s', (text, expected) => {
	expect(read(text)).toBe(expected);
});

test.each([
	['2026-11-26', '2026-11-26T12:59:59.999Z'],
	// A day of 25 hours, and one of 23.
	['2026-04-05', '2026-04-05T13:59:59.999Z'],
	['2026-10-04', '2026-10-04T12:59:59.999Z'],
	['2026-12-31', '2026-12-31T12:59:59.999Z'],
	['2026-11-26T10:00:00', '2026-11-25T23:00:00.000Z'],
])('as an end, %s', (text, expected) => {
	expect(read(text, { edge: 'end' })).toBe(expected);
});

test.each([
	['2026-04-05T02:30:00', '2026-04-04T15:30:00.000Z', '2026-04-04T16:30:00.000Z'],
	['2026-10-04T02:30:00', '2026-10-03T15:30:00.000Z', '2026-10-03T16:30:00.000Z'],
	['2026-10-04T01:59:59', '2026-10-03T15:59:59.000Z', '2026-10-03T15:59:59.000Z'],
	['2026-10-04T03:00:00', '2026-10-03T16:00:00.000Z', '2026-10-03T16:00:00.000Z'],
])('a time that a clock shows twice, or never, leaves out nothing: %s', (text, start, end) => {
	expect([read(text), read(text, { edge: 'end' })]).toEqual([start, end]);
});

test.each([
	// There the clock goes from the end of a day to one in the morning, and back from one to midnight.
	['2026-03-07', '2026-03-08T04:59:59.999Z'],
	['2026-10-31', '2026-11-01T03:59:59.999Z'],
])('a day ends where the next one begins, also where that has no midnight, or two: %s', (day, end) => {
	expect(read(day, { edge: 'end', zone: 'America/Havana' })).toBe(end);
});

test.each([
	['UTC', '2026-11-26T00:00:00.000Z'],
	['America/New_York', '2026-11-26T05:00:00.000Z'],
	['Australia/Adelaide', '2026-11-25T13:30:00.000Z'],
])('a day begins in the time zone of the workflow: %s', (zone, expected) => {
	expect(read('2026-11-26', { zone })).toBe(expected);
});

test('a Date and a Luxon DateTime are what they are, whatever the zone', () => {
	expect(read(new Date('2026-11-26T10:00:00Z'))).toBe('2026-11-26T10:00:00.000Z');
	expect(read({ toMillis: () => Date.UTC(2026, 10, 26, 10) })).toBe('2026-11-26T10:00:00.000Z');
});

test.each([undefined, null, '', '  '])('%j is none', (value) => {
	expect(read(value)).toBeUndefined();
});

test.each([
	['words', 'yesterday', "'yesterday'"],
	['a date that may be two', '01/02/2026', "'01/02/2026'"],
	['a day that does not exist', '2026-02-30', "'2026-02-30'"],
	['a month that does not exist', '2026-13-01', "'2026-13-01'"],
	['an hour that does not exist', '2026-11-26T25:00:00', "'2026-11-26T25:00:00'"],
	['a year of two digits with zeros in front', '0026-11-26', "'0026-11-26'"],
	['a zone that does not exist', '2026-11-26T10:00:00+99:00', "'2026-11-26T10:00:00+99:00'"],
	['a minute that does not exist', '2026-11-26T10:60:00', "'2026-11-26T10:60:00'"],
	['a second that does not exist', '2026-11-26T10:00:60', "'2026-11-26T10:00:60'"],
	['a zone further from UTC than any', '2026-11-26T10:00:00-14:01', "'2026-11-26T10:00:00-14:01'"],
	['a number, of seconds or of milliseconds', 1763640000, "'1763640000'"],
	['a Date that is none', new Date('no'), 'an object'],
	['a DateTime that is none', { toMillis: () => NaN }, 'an object'],
	['a list', ['2026-11-26'], 'a list'],
	['a list of a number', [1763640000000], 'a list'],
	['an object', {}, 'an object'],
	['a switch', true, "'true'"],
])('%s is refused with the field', (_name, value, shown) => {
	let thrown: unknown;
	try {
		read(value);
	} catch (error) {
		thrown = error;
	}
	expect(thrown).toBeInstanceOf(InvalidInput);
	expect(thrown).toMatchObject({
		problems: [
			{
				field: 'startDate',
				message: expect.stringMatching(
					/^Start Date cannot be read as a date, and it is .*\.\nWrite it as 2026-11-26 or /,
				) as string,
			},
		],
	});
	expect((thrown as InvalidInput).message).toContain(`it is ${shown}.`);
});

test.each([
	['2026-11-26T10:00:00.000Z', 3, '2026-08-26T10:00:00.000Z'],
	['2026-05-31T10:00:00.000Z', 3, '2026-02-28T10:00:00.000Z'],
	['2026-02-28T10:00:00.000Z', 3, '2025-11-28T10:00:00.000Z'],
])('%s and %d months before', (from, months, expected) => {
	expect(new Date(monthsBefore(Date.parse(from), months)).toISOString()).toBe(expected);
});
