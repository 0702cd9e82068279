import { credentialFor } from '../editor/content';
import type { CredentialTest } from '../rest';
import type { Scene } from './scene';

/** What the editor shows when a credential is saved. */
export function describeCredential(scene: () => Scene): void {
	describe('the credential', () => {
		async function test(change: { apiKey?: string; baseUrl?: string }): Promise<CredentialTest> {
			const { n8n, sandbox, credential } = scene();
			const { data, ...rest } = credentialFor(sandbox);
			return await n8n.rest.testCredential(credential.id, { ...rest, data: { ...data, ...change } });
		}

		it('is accepted with the right key, also when that was pasted with a space and the address with /api', async () => {
			const { apiKey, url } = scene().sandbox;
			expect(await test({})).toMatchObject({ status: 'OK' });
			expect(await test({ apiKey: `${apiKey} `, baseUrl: `${url}/api/v1/` })).toMatchObject({ status: 'OK' });
		});

		it('says of a wrong key which one it should be', async () => {
			expect(await test({ apiKey: 'wrong' })).toMatchObject({
				status: 'Error',
				message: expect.stringMatching(WORDS[scene().n8n.version].wrongKey) as unknown,
			});
		});

		it('says of the SMS key that the other one is wanted', async () => {
			expect(await test({ apiKey: scene().sandbox.smsApiKey })).toMatchObject({
				status: 'Error',
				message: expect.stringMatching(WORDS[scene().n8n.version].smsKey) as unknown,
			});
		});

		it.each(['crazytel.io', 'localhost:8080'])('says of %s that https:// is missing', async (baseUrl) => {
			expect(await test({ baseUrl })).toMatchObject({
				status: 'Error',
				message: 'Base URL of the credential is not a web address. It is https://crazytel.io, with https:// in front.',
			});
		});

		it('says of a wrong address that there is no API', async () => {
			expect(await test({ baseUrl: `${scene().sandbox.url}/portal` })).toMatchObject({
				status: 'Error',
				message: expect.stringMatching(WORDS[scene().n8n.version].wrongAddress) as unknown,
			});
		});
	});
}

const ours = {
	wrongKey: /^Crazytel does not know this key\. Use the account API key/,
	smsKey: /^Crazytel refuses this key\. Use the account API key .+ not the SMS API key/,
	wrongAddress: /^There is no Crazytel API at this Base URL/,
};

/** Older versions have words of their own for each status, and never come to those of a credential. */
const theirs = {
	wrongKey: /^Authorization failed - please check your credentials/,
	smsKey: /^Forbidden - perhaps check your credentials/,
	wrongAddress: /^The resource you are requesting could not be found/,
};

const WORDS = { '2.41': ours, '2.8': theirs, '1.123': theirs };
