import {
	type IAuthenticateGeneric,
	type ICredentialDataDecryptedObject,
	ICredentialsHelper,
	type ICredentialType,
	type IHttpRequestOptions,
	type INode,
	type IRequestOptionsSimplified,
	UnexpectedError,
	type Workflow,
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

	/** Resolves the credential's own `authenticate`, as n8n does for a generic one. */
	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		_typeName: string,
		options: IHttpRequestOptions | IRequestOptionsSimplified,
		workflow: Workflow,
		node: INode,
	): Promise<IHttpRequestOptions> {
		const { headers = {} } = (this.type.authenticate as IAuthenticateGeneric).properties;
		const resolved = Object.entries(headers).map(([name, value]) => [
			name,
			workflow.expression.getSimpleParameterValue(node, String(value), 'internal', {
				$credentials: credentials,
			}),
		]);
		return {
			...options,
			headers: { ...options.headers, ...Object.fromEntries(resolved) },
		} as IHttpRequestOptions;
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
