import type { Page } from 'playwright-core';

import { eventually } from '../eventually';
import {
	fillCredential,
	openNewCredential,
	saveCredential,
	valueInCredential,
	wordsInCredential,
} from '../pages/credentialForm';
import type { BrowserScene } from '../scene';

/** What somebody meets who pastes a key from the portal. */
export function describeCredentialForm(scene: () => BrowserScene): void {
	describe('the credential form', () => {
		let page: Page;
		beforeAll(async () => {
			page = await scene().openTab();
			await openNewCredential(page, 'Crazytel API', scene().n8n.url);
		});
		afterAll(async () => await page?.close());

		async function save(apiKey: string, baseUrl = scene().sandbox.url) {
			await fillCredential(page, 'apiKey', apiKey);
			await fillCredential(page, 'baseUrl', baseUrl);
			await saveCredential(page);
		}

		async function expectWords(words: string) {
			await eventually(async () => expect(await wordsInCredential(page)).toContain(words));
		}

		it('comes with the address and the limit of Crazytel, so that only the key is to be pasted', async () => {
			expect(await valueInCredential(page, 'apiKey')).toBe('');
			expect(await valueInCredential(page, 'baseUrl')).toBe('https://crazytel.io');
			expect(await valueInCredential(page, 'requestsPerMinute')).toBe('60');
		});

		it('says which key is wanted, without markup', async () => {
			await expectWords('The account API key belongs in API Key');
			expect(await wordsInCredential(page)).not.toMatch(/<\/?\w+>/);
		});

		it('says of an address without https:// that it is missing', async () => {
			await save('wrong', 'crazytel.io');
			await expectWords(
				'Base URL of the credential is not a web address. It is https://crazytel.io, with https:// in front.',
			);
		});

		it('says of a wrong key which one it should be', async () => {
			await save('wrong');
			await expectWords(
				'Crazytel does not know this key. Use the account API key from the Crazytel portal, not the SMS API key.',
			);
		});

		it('says of the SMS key that the other one is wanted', async () => {
			await save(scene().sandbox.smsApiKey);
			await expectWords(
				'Crazytel refuses this key. Use the account API key from the Crazytel portal, not the SMS API key.',
			);
		});

		it('says that the right key works', async () => {
			await save(scene().sandbox.apiKey);
			await expectWords('Connection tested successfully');
		});
	});
}
