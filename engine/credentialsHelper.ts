import {
	type ICredentialDataDecryptedObject,
	ICredentialsHelper,
	type ICredentialType,
	type IHttpRequestOptions,
	type IRequestOptionsSimplified,
	UnexpectedError,
} from 'n8n-workflow';

/** n8n's credential store, reduced to one credential that is held in memory. */
export class OneCredential extends ICredentialsHelper {
	constructor(
		private readonly type: ICredentialType,
		private readonly data: ICredentialDataDecryptedObject,
	) {
		super();
	}

	getParentTypes(): string[] {
		return [];
	}

	isCredentialUsableByNode(): boolean {
		return true;
	}

	/** Applies the credential's own `authenticate`, as n8n does for one that is a function. */
	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		_typeName: string,
		options: IHttpRequestOptions | IRequestOptionsSimplified,
	): Promise<IHttpRequestOptions> {
		const { authenticate } = this.type;
		if (typeof authenticate !== 'function')
			throw new UnexpectedError(`${this.type.name} has no function to authenticate.`);
		return await authenticate(credentials, options as IHttpRequestOptions);
	}

	async preAuthentication(): Promise<undefined> {
		return undefined;
	}

	async runPreAuthentication(): Promise<undefined> {
		return undefined;
	}

	async getDecrypted(): Promise<ICredentialDataDecryptedObject> {
		return { ...this.data };
	}

	getCredentialsProperties(): ICredentialType['properties'] {
		return this.type.properties;
	}

	async getCredentials(): Promise<never> {
		throw new UnexpectedError('The engine stores no credential');
	}

	async updateCredentials(): Promise<never> {
		throw new UnexpectedError('The engine stores no credential');
	}

	async updateCredentialsOauthTokenData(): Promise<never> {
		throw new UnexpectedError('The engine stores no credential');
	}
}
