/* eslint-disable @n8n/community-nodes/no-hardcoded-secrets -- of an n8n on this computer that holds nothing real */
import type { Session } from './session';

/** Who may sign in to the n8n of the tests and of `npm run editor`. */
export const owner = { email: 'owner@crazytel.example', password: 'Crazytel1sandbox' };

/** Signs in, and makes the owner first where n8n has none yet. */
export async function signIn(session: Session): Promise<void> {
	const { userManagement } = await session.send<{ userManagement: { showSetupOnFirstLoad: boolean } }>(
		'GET',
		'/rest/settings',
	);
	if (userManagement.showSetupOnFirstLoad) {
		await session.send('POST', '/rest/owner/setup', { ...owner, firstName: 'Crazytel', lastName: 'Sandbox' });
	}
	await session.send('POST', '/rest/login', {
		emailOrLdapLoginId: owner.email,
		email: owner.email,
		password: owner.password,
	});
}
