/** What n8n answers when it refuses a request of the editor. */
export class RestError extends Error {
	constructor(
		readonly status: number,
		message: string,
	) {
		super(message);
	}
}

/** A browser that is signed in, without the browser: keeps n8n's cookies. */
export interface Session {
	/** http://127.0.0.1:PORT */
	readonly url: string;
	/** n8n's cookies as `name=value`, for a browser that is to be signed in the same way. */
	cookies(): string[];
	/** What such a browser keeps as `n8n-browserId`: n8n accepts the cookies of that one alone. */
	readonly browserId: string;
	/**
	 * Sends a request below the base URL.
	 *
	 * @returns the answer's body, without the `data` that n8n wraps around it
	 * @throws RestError with n8n's own words
	 */
	send<Answer>(method: 'GET' | 'POST' | 'PATCH' | 'DELETE', path: string, body?: unknown): Promise<Answer>;
}

/** n8n binds a session to the browser that opened it, by this header. */
const BROWSER_ID = 'crazytel-e2e';

/** Opens a session with nobody signed in. Sends nothing by itself. */
export function openSession(url: string): Session {
	const cookies = new Map<string, string>();
	const current = () => [...cookies].map(([name, value]) => `${name}=${value}`);
	return {
		url,
		cookies: current,
		browserId: BROWSER_ID,
		async send<Answer>(method: string, path: string, body?: unknown): Promise<Answer> {
			const response = await fetch(url + path, {
				method,
				headers: { 'browser-id': BROWSER_ID, cookie: current().join('; '), 'content-type': 'application/json' },
				body: body === undefined ? undefined : JSON.stringify(body),
			});
			for (const line of response.headers.getSetCookie()) {
				const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
				cookies.set(name, value);
			}
			const text = await response.text();
			const answer = readJson(text);
			if (!response.ok) {
				throw new RestError(
					response.status,
					`${method} ${path}: ${response.status} ${answer?.message ?? text.slice(0, 200)}`,
				);
			}
			return (answer !== null && typeof answer === 'object' && 'data' in answer ? answer.data : answer) as Answer;
		},
	};
}

function readJson(text: string): { message?: string; data?: unknown } | null {
	try {
		return JSON.parse(text) as { message?: string; data?: unknown };
	} catch {
		return null;
	}
}
