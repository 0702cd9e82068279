import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import type { Session } from './session';

export interface Credential {
	name: string;
	/** Such as crazytelApi. */
	type: string;
	data: ICredentialDataDecryptedObject;
}

export type SavedCredential = Pick<Credential, 'name' | 'type'> & { id: string };

/** What the editor shows under a credential. */
export interface CredentialTest {
	status: 'OK' | 'Error';
	message: string;
}

export async function listCredentials(session: Session): Promise<SavedCredential[]> {
	return await session.send('GET', '/rest/credentials');
}

export async function createCredential(session: Session, credential: Credential): Promise<SavedCredential> {
	return await session.send('POST', '/rest/credentials', credential);
}

/** Replaces name and data. */
export async function updateCredential(session: Session, id: string, credential: Credential): Promise<SavedCredential> {
	return await session.send('PATCH', `/rest/credentials/${id}`, credential);
}

export async function deleteCredential(session: Session, id: string): Promise<void> {
	await session.send('DELETE', `/rest/credentials/${id}`);
}

/** Tests a saved credential with other data, as the editor does when Save is pressed. */
export async function testCredential(session: Session, id: string, credential: Credential): Promise<CredentialTest> {
	return await session.send('POST', '/rest/credentials/test', { credentials: { id, ...credential } });
}
