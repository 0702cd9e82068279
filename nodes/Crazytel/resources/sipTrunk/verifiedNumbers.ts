import type { VerifiedNumber } from '../../api/answers';
import { ApiError } from '../../api/apiError';
import type { Item } from '../../run/item';
import { InvalidInput } from '../../validation/invalidInput';
import { isSmsSender } from '../../validation/phoneNumber';
import { shown } from '../../validation/shown';
import { SETTING_NAMES, type TrunkSettings } from '../../validation/trunkSettings';

/** So many numbers fit into a message that a person reads. */
const NUMBERS_IN_MESSAGE = 12;

/**
 * Compares the numbers of the settings with the account's verified ones. Where the list cannot be
 * read, the API decides and a hint says so.
 *
 * @throws InvalidInput that lists the verified numbers
 * @throws ApiError when the write would fail for the same reason, e.g. a wrong key
 */
export async function checkNumbers(item: Item, settings: TrunkSettings): Promise<void> {
	const used = (['caller_id_number', 'sms_sender'] as const).filter((name) => settings[name] !== undefined);
	if (used.length === 0) return;

	const verified = await readVerified(item);
	if (verified === undefined) return;
	const problems = used
		.filter((name) => !verified.some(({ number }) => number === settings[name]))
		.map((name) => ({
			field: name,
			message: `${SETTING_NAMES[name]} '${settings[name]}' is not verified for this account. ${choices(
				name === 'sms_sender' ? verified.filter(({ number }) => isSmsSender(number)) : verified,
			)}`,
		}));
	if (problems.length > 0) throw new InvalidInput(problems);
}

/** @returns undefined when the list cannot be read but a write may still succeed */
async function readVerified(item: Item): Promise<VerifiedNumber[] | undefined> {
	const result = await item.lookups.verifiedNumbers().catch((error: unknown) => error);
	if (Array.isArray(result)) return result as VerifiedNumber[];
	if (!(result instanceof ApiError) || result.stopsEverything) throw result;
	item.hint(
		`The numbers were not checked before writing, because the list of verified numbers could not be read; Crazytel decided on its own. ${result.message}`,
	);
	return undefined;
}

function choices(verified: VerifiedNumber[]): string {
	if (verified.length === 0) return 'It has no verified number of that kind: verify one in the Crazytel portal.';
	const numbers = verified
		.slice(0, NUMBERS_IN_MESSAGE)
		.map(({ number }) => (/^\d{1,15}$/.test(number) ? number : shown(number)));
	const more = verified.length - numbers.length;
	return `Verified numbers: ${numbers.join(', ')}${more > 0 ? ` and ${more} more` : ''}.`;
}
