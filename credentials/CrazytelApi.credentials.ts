import type {
	Icon,
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';

/** Where messages are sent, of whatever version, behind whatever comes before it. */
const OF_SMS = /^[^?#]*\/api\/v\d+\/sms\//;

/**
 * The account's API key, sent as the header `x-crazytel-api-key` and nowhere else; to the addresses of SMS its SMS API
 * key, where that is filled in (docs/crazytel-api.md#hosts-key-limits).
 */
export class CrazytelApi implements ICredentialType {
	name = 'crazytelApi';

	displayName = 'Crazytel API';

	documentationUrl = 'https://github.com/n8n-nodes-crazytel/n8n-nodes-crazytel#credential';

	icon: Icon = {
		light: 'file:../icons/crazytel.svg',
		dark: 'file:../icons/crazytel.dark.svg',
	};

	properties: INodeProperties[] = [
		{
			displayName:
				'Crazytel has two kinds of key. The account API key belongs in API Key: it reads the balance and changes SIP trunks. The separate SMS API key only sends messages: it belongs in SMS API Key, and API Key does not work with it. Look for both in the Crazytel portal; on which page they are, its documentation does not say.',
			name: 'keyNotice',
			type: 'notice',
			default: '',
		},
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description: 'The account API key from the Crazytel portal, not the SMS API key',
		},
		{
			displayName: 'SMS API Key',
			name: 'smsApiKey',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description:
				'The SMS API key from the Crazytel portal, with which messages are sent; left empty, they are sent with the API Key. The test of this credential does not try it, as that would send a message.',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			required: true,
			default: 'https://crazytel.io',
			placeholder: 'e.g. https://crazytel.io',
			description: 'Where the API lives, without /api at the end; change it only for a test server',
		},
		{
			displayName: 'Requests per Minute',
			name: 'requestsPerMinute',
			type: 'number',
			typeOptions: { minValue: 0, numberPrecision: 0 },
			default: 60,
			description:
				'How many requests n8n may send in any 60 seconds with this key; Crazytel allows 60 for the whole account, which several n8n processes share by themselves; 0 means no limit',
		},
	];

	test: ICredentialTestRequest = {
		request: {
			// The same reading as in the node: people paste the address with /api behind it.
			baseURL: '={{ $credentials.baseUrl.trim().replace(/\\/+$/, "").replace(/\\/api(\\/v\\d+)?$/, "") }}',
			url: '/api/v1/balance/',
			// Redirected requests keep the key header, also towards another host.
			disableFollowRedirect: true,
		},
		rules: [
			{
				type: 'responseCode',
				properties: {
					value: 401,
					message:
						'Crazytel does not know this key. Use the account API key from the Crazytel portal, not the SMS API key.',
				},
			},
			{
				type: 'responseCode',
				properties: {
					value: 403,
					message: 'Crazytel refuses this key. Use the account API key from the Crazytel portal, not the SMS API key.',
				},
			},
			{
				type: 'responseCode',
				properties: {
					value: 404,
					message: 'There is no Crazytel API at this Base URL. It is https://crazytel.io, without /api at the end.',
				},
			},
		],
	};

	/**
	 * A function: an expression would go through n8n's interpreter for each request, a fifth of all
	 * processor time. A field: n8n offers Custom API Call only where the credential has it for its own.
	 *
	 * @throws Error where Base URL is no web address, or would show the key to everybody on the way: the test of the
	 *   credential shows its words
	 */
	authenticate = async (
		{ apiKey, smsApiKey, baseUrl }: ICredentialDataDecryptedObject,
		request: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> => {
		const problem = problemOf(String(baseUrl).trim());
		if (problem !== undefined) throw new Error(`Base URL of the credential ${problem}`);
		const smsKey = String(smsApiKey ?? '').trim();
		const key = smsKey !== '' && OF_SMS.test(request.url) ? smsKey : String(apiKey ?? '').trim();
		return {
			...request,
			// A key pasted with a line break at its end would otherwise be an invalid header.
			headers: { ...request.headers, 'x-crazytel-api-key': key },
		};
	};
}

/** Why no request may leave for an address; the node reads it more closely (nodes/Crazytel/api/credential.ts). */
function problemOf(baseUrl: string): string | undefined {
	const url = URL.canParse(baseUrl) ? new URL(baseUrl) : undefined;
	if (url === undefined || !/^https?:$/.test(url.protocol))
		return 'is not a web address. It is https://crazytel.io, with https:// in front.';
	const isInTheOpen = url.protocol === 'http:' && /(?:^|\.)crazytel\.io\.?$/i.test(url.hostname);
	return isInTheOpen ? 'must begin with https://, or the API key would travel unencrypted.' : undefined;
}
