/* eslint-disable @n8n/community-nodes/no-restricted-imports -- runs outside n8n */
import { parseArgs } from 'node:util';

export interface LiveOptions {
	baseUrl: string;
	all: boolean;
	yes: boolean;
	wrongKey: boolean;
	throwawayTrunk: boolean;
	/** The report's file. */
	out: string;
	/** The profile's file. */
	profile: string;
}

export const USAGE = `npm run check:live -- [--all] [--throwaway-trunk] [--wrong-key] [--base-url URL] [--out FILE] [--profile FILE] [--yes]

  --all              about 35 requests in the place of about 12
  --throwaway-trunk  also creates one suspended trunk, changes it and deletes it
  --wrong-key        one request with a wrong key at the end, to see how it is refused
  --base-url         https://crazytel.io where nothing is given
  --out, --profile   files for the report and for the sandbox's profile
  --yes              asks nothing, for machines; not with --throwaway-trunk

The API key comes from CRAZYTEL_API_KEY, or is asked for. CRAZYTEL_SMS_API_KEY is the key for SMS, if there is one.
`;

const LOOPBACK = /^(127\.0\.0\.1|localhost|\[::1\])$/;

/** The address without a slash at its end, or a sentence that says what is wrong with it. */
function readAddress(text: string): { baseUrl: string } | string {
	let url: URL;
	try {
		url = new URL(text);
	} catch {
		return 'The --base-url is not an address. Give one such as https://crazytel.io.';
	}
	if (url.username !== '' || url.password !== '') return 'The --base-url must not have a user or a password in it.';
	if (url.protocol !== 'https:' && !(url.protocol === 'http:' && LOOPBACK.test(url.hostname)))
		return 'The --base-url must begin with https://, or the API key could be read on the way.';
	if (url.pathname !== '/' || url.search !== '' || url.hash !== '')
		return 'The --base-url is the host alone, such as https://crazytel.io.';
	return { baseUrl: url.origin };
}

/**
 * Reads the command line.
 *
 * @returns the options, or what to tell the person. What was typed is not repeated: a key could be in it
 */
export function readOptions(args: string[]): LiveOptions | string {
	try {
		const { values } = parseArgs({
			args,
			options: {
				all: { type: 'boolean', default: false },
				yes: { type: 'boolean', default: false },
				'wrong-key': { type: 'boolean', default: false },
				'throwaway-trunk': { type: 'boolean', default: false },
				'base-url': { type: 'string', default: 'https://crazytel.io' },
				out: { type: 'string', default: 'crazytel-live-report.json' },
				profile: { type: 'string', default: 'crazytel-live-profile.json' },
			},
		});
		const address = readAddress(values['base-url']);
		if (typeof address === 'string') return address;
		if (values['throwaway-trunk'] && values.yes) return 'The throwaway trunk needs a person: leave --yes out.';
		return {
			...address,
			all: values.all,
			yes: values.yes,
			wrongKey: values['wrong-key'],
			throwawayTrunk: values['throwaway-trunk'],
			out: values.out,
			profile: values.profile,
		};
	} catch {
		return `That cannot be read. The API key never goes onto the command line, where others could see it.\n\n${USAGE}`;
	}
}
