import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';

/** What a node keeps from poll to poll stands in n8n's database in plain text. */
const CIPHER = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Hides what a node has to know again, by the key of its account. */
export interface Seal {
	seal(text: string): string;
	/** @returns the text; undefined where it was sealed with another key, or was changed */
	unseal(sealed: string): string | undefined;
	/** @param length in characters, of 6 bits each */
	hash(text: string, length: number): string;
}

/** @param account what only those know who have the key */
export function sealOf(account: string): Seal {
	const key = createHash('sha256').update(`sealed ${account}`).digest();
	return {
		seal(text) {
			const nonce = randomBytes(NONCE_BYTES);
			const cipher = createCipheriv(CIPHER, key, nonce);
			const hidden = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
			return Buffer.concat([nonce, cipher.getAuthTag(), hidden]).toString('base64');
		},
		unseal(sealed) {
			const bytes = Buffer.from(sealed, 'base64');
			const [nonce, tag, hidden] = [
				bytes.subarray(0, NONCE_BYTES),
				bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES),
				bytes.subarray(NONCE_BYTES + TAG_BYTES),
			];
			try {
				const decipher = createDecipheriv(CIPHER, key, nonce);
				decipher.setAuthTag(tag);
				return Buffer.concat([decipher.update(hidden), decipher.final()]).toString('utf8');
			} catch {
				return undefined;
			}
		},
		hash: (text, length) =>
			createHash('sha256').update(`hashed ${account} ${text}`).digest('base64url').slice(0, length),
	};
}
