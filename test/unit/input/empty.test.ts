import { isEmpty } from '../../../nodes/Crazytel/input/empty';

test.each([null, undefined, '', '  ', '\r\n', '\u00A0', '\u200B', '\uFEFF', '\u2060 \u200B'])(
	'%j is empty: it has no visible character',
	(value) => {
		expect(isEmpty(value)).toBe(true);
	},
);

test.each([0, -0, Number.NaN, false, [], {}, '0', 'false', ' x ', '\0'])('%j is not empty', (value) => {
	expect(isEmpty(value)).toBe(false);
});
