/* Which names say that a secret stands under them. */

/** So clear that it counts inside of other words as well. */
const CLEAR = /passw(?:or)?d|passphrase|passcode|pwd|secret|api[-_]?key|token|authorization/i;

/** Words that are also parts of others, e.g. of shipping, author and monkey, so that each has to stand for itself. */
const WORDS = ['pass', 'pw', 'pin', 'ha1', 'ha1b', 'psk', 'credential', 'creds', 'cred', 'auth', 'key'];

/** Such words behind another one without anything between. */
const COMPOUND =
	/^(?!(?:by|com|tres|sur|over|under|out)pass)\w+pass$|^(?:auth|user|login|account|admin)(?:pw|pin|psk|key)$/;

/** What is said of a secret and is none: `auth_username`, `pin_required`. */
const BESIDE = ['user', 'username', 'type', 'method', 'mode', 'realm', 'domain', 'enabled', 'required', 'length'];

/** Whether what stands under a name is a secret: also with a prefix or a suffix, and in another spelling. */
export function isSecretName(name: string): boolean {
	if (CLEAR.test(name)) return true;
	// A sentence is no name.
	if (/\s/.test(name)) return false;
	const words = wordsOf(name);
	return words.some(isSecretWord) && !BESIDE.includes(words.at(-1) ?? '');
}

function isSecretWord(word: string): boolean {
	return [word, word.replace(/\d+$/, ''), word.replace(/s$/, '')].some(
		(form) => WORDS.includes(form) || COMPOUND.test(form),
	);
}

/** `userPin`, `USERPin`, `user-pin` and `USER_PIN` are the same two words. */
function wordsOf(name: string): string[] {
	return name
		.replace(/([a-z0-9])([A-Z])|([A-Z])(?=[A-Z][a-z])/g, '$1$3 $2')
		.toLowerCase()
		.split(/[^a-z0-9]+/)
		.filter((word) => word !== '');
}

/**
 * A name before its value, as errors quote them: `"user_pin": "…"`, also with backslashes or in the quotes of Python,
 * and `pin=1234`. Without quotes a colon says nothing: `Password: too short`.
 */
const NAME = /(?<![\w-])([A-Za-z][\w-]{0,60})(?:(?:\\*["'])?\s*=>?\s*|\\*["']\s*:\s*)/g;

/** To the closing quote, or to the end of a text that was cut off. */
const VALUE =
	/"(?:[^"\\]|\\[^])*(?:"|\\?$)|'(?:[^'\\]|\\[^])*(?:'|\\?$)|\\+["'][^]*?(?:\\+["']|$)|[^\s,;&"'\\{}[\]()<>]+/y;

/** @returns the text with what stands under secret names in it masked */
export function withoutNamedSecrets(text: string, mask: string): string {
	if (!/[=:]/.test(text)) return text;
	const parts: string[] = [];
	let end = 0;
	for (const { 0: head, 1: name = '', index } of text.matchAll(NAME)) {
		const from = index + head.length;
		if (from < end || !isSecretName(name)) continue;
		VALUE.lastIndex = from;
		const [value = ''] = VALUE.exec(text) ?? [];
		if (/^(?:null|none|undefined|true|false|)$/i.test(value)) continue;
		const [quote = ''] = /^\\*["']/.exec(value) ?? [];
		parts.push(text.slice(end, from), quote, mask, quote);
		end = from + value.length;
	}
	return parts.join('') + text.slice(end);
}
