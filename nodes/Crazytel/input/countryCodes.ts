/** The codes of countries and services (ITU E.164); none of them is the beginning of another. */
const CODE =
	/^(?:1|7|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]|2(?:1[12368]|[2-4]\d|5[0-8]|6\d|9[01789])|3(?:5\d|7\d|8[0-35-79])|42[013]|5[09]\d|6(?:7[02-9]|8[0-35-9]|9[0-2])|8(?:0[08]|5[02356]|7[08]|8[0-368])|9(?:6[0-8]|7[0-79]|9[2-68]))/;

/** Where a zero is dialled before a number inside the country, and never from abroad. */
const DROPS_ZERO = codes(
	'20 27 31 32 33 40 41 43 44 46 49 51 53 54 55 57 58 60 61 62 63 64 66 81 82 84 86 90 91 92 93 94 95 98 211 212 213 218 231 232 233 234 243 249 251 252 254 255 256 260 261 262 263 264 265 291 353 355 358 359 370 373 374 377 380 381 382 383 385 386 387 389 421 423 508 590 591 593 594 595 596 598 686 850 855 856 880 886 961 962 963 964 966 967 970 971 972 976 977 994 995 996',
);

/** Where a number may itself begin with a zero, e.g. in Italy: it is dialled from abroad, too. */
const KEEPS_ZERO = codes('39 225 226 227 229 241 242 247 267 268 378 379 501 507 676 679 687 800 853 881 888 974 992');

/** Nowhere is a number shorter than this after its code, unless it is listed below. */
const SHORTEST = 4;

/** The least digits after the code. Plans grow, so nothing is said of the most. */
const SHORTEST_OF: Array<[least: number, codes: Set<string>]> = [
	[5, codes('27 31 47 61 64 82 247 358 386 500 676 677 678 682 685 686 688 852 971')],
	[6, codes('39 40 46 48 53 63 95 252 298 299 355 359 375 376 381 421 508 595 597 672 681 687 689 880')],
	[
		7,
		codes(
			'44 62 84 86 90 220 230 231 238 239 241 243 245 246 248 254 263 265 267 269 291 297 353 354 372 385 423 501 503 507 592 599 670 673 674 675 679 680 691 692 853 886 960 961 965 967 968 972 974 975 882',
		),
	],
	[
		8,
		codes(
			'20 32 36 45 51 55 57 60 65 66 81 91 92 213 216 222 223 224 226 227 228 229 232 233 235 236 237 250 253 257 258 264 266 268 350 356 357 370 371 373 374 377 378 382 383 387 389 502 504 505 506 509 591 593 800 808 850 855 856 883 962 963 964 970 973 976 977 993',
		),
	],
	[
		9,
		codes(
			'33 34 41 56 93 94 211 212 218 221 240 242 244 249 251 255 256 260 261 262 351 380 420 590 594 596 870 881 966 979 992 994 995 996 998',
		),
	],
	[10, codes('1 7 30 52 54 58 225 234')],
	[11, codes('888')],
	[12, codes('878')],
];

/** The most digits, where people write another digit than zero to be dialled first, e.g. `+7 (8) 495…`. */
const LONGEST_OF: Readonly<Record<string, number>> = { 1: 10, 7: 10, 375: 9, 993: 8 };

/** E.164: at most so many digits with the code. */
export const LONGEST_NUMBER = 15;

/** A number of another country: its code and the digits that are dialled from abroad, or what is wrong with it. */
export type Foreign =
	| { code: string; rest: string }
	| { problem: 'code' }
	| { problem: 'zero' | 'short' | 'long'; code: string };

/**
 * Splits a number of another country into its code and the rest, and drops the zero that is only dialled inside it.
 *
 * @param digits with the country's code, without a plus
 */
export function readForeign(digits: string): Foreign {
	const code = CODE.exec(digits)?.[0];
	if (code === undefined) return { problem: 'code' };
	const written = digits.slice(code.length);
	const rest = DROPS_ZERO.has(code) ? written.replace(/^0/, '') : written;
	// One that is left can belong to no number, except where it is part of it.
	if (rest.startsWith('0') && !KEEPS_ZERO.has(code)) return { problem: 'zero', code };
	const least = SHORTEST_OF.find(([, of]) => of.has(code))?.[0] ?? SHORTEST;
	if (rest.length < least) return { problem: 'short', code };
	// The countries that share the 1 have codes of their own behind it, and none begins with 0 or 1.
	if (code === '1' && !/^[2-9]/.test(rest)) return { problem: 'code' };
	if (rest.length > (LONGEST_OF[code] ?? LONGEST_NUMBER - code.length)) return { problem: 'long', code };
	return { code, rest };
}

function codes(list: string): Set<string> {
	return new Set(list.split(' '));
}
