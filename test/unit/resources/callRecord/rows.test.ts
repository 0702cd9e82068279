import { inOrder, setUpOf } from '../../../../nodes/Crazytel/resources/callRecord/rows';

// A Sunday and a Monday, in times of no zone.
const SUNDAY = '2026-04-05T';
const MONDAY = '2026-04-06T';

test.each([
	['no row', [], true],
	['newest first', [`${MONDAY}09:00:00`, `${SUNDAY}02:10:00`, `${SUNDAY}02:10:00`], true],
	['rows without a time between', [`${MONDAY}09:00:00`, null, `${SUNDAY}09:00:00`], true],
	['an hour of a Sunday night that comes twice', [`${SUNDAY}02:10:00`, `${SUNDAY}02:50:00`, `${SUNDAY}02:05:00`], true],
	['one that comes three times', [`${SUNDAY}02:10:00`, `${SUNDAY}02:50:00`, `${SUNDAY}02:55:00`], false],
	['two hours of that night', [`${SUNDAY}02:10:00`, `${SUNDAY}03:10:00`], false],
	['an hour of that day', [`${SUNDAY}04:10:00`, `${SUNDAY}04:50:00`], false],
	['an hour of another night', [`${MONDAY}02:10:00`, `${MONDAY}02:50:00`], false],
	['that hour of two Sundays', [`${SUNDAY}02:10:00`, '2026-04-12T02:10:00'], false],
	['an hour that says its zone', [`${SUNDAY}02:10:00Z`, `${SUNDAY}02:50:00Z`], false],
])('%s: %j, in order %j', (_name, times, expected) => {
	expect(inOrder(times.map((setup_time) => setUpOf({ setup_time })))).toBe(expected);
});
