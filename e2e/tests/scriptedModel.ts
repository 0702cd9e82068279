/* eslint-disable @n8n/community-nodes/no-restricted-imports -- a test on Node itself, never published */
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a model answers: it calls a tool, or it is done. */
export type Turn = { tool: string; args: object } | { says: string };

/** A model that answers as a script says. */
export interface ScriptedModel {
	/** The address for n8n's OpenAI credential. */
	readonly url: string;
	/** The tools that it was offered, by their names. */
	readonly offered: Record<string, { properties: Record<string, { description?: string }> }>;
	/** What its calls of tools were answered, in their order. */
	readonly told: string[];
	close(): Promise<void>;
}

interface Asked {
	stream?: boolean;
	messages: Array<{ role: string; content: unknown }>;
	tools?: Array<{ function: { name: string; parameters: ScriptedModel['offered'][string] } }>;
}

/**
 * Starts a server that speaks as OpenAI's chat completions do.
 *
 * @param script the turn that follows what the calls so far were answered
 */
export async function startScriptedModel(script: (told: string[]) => Turn): Promise<ScriptedModel> {
	const offered: ScriptedModel['offered'] = {};
	const told: string[] = [];
	const server = createServer((request, response) => {
		const chunks: Buffer[] = [];
		request.on('data', (chunk: Buffer) => chunks.push(chunk));
		request.on('end', () => {
			const { messages, tools = [], stream } = JSON.parse(Buffer.concat(chunks).toString('utf8')) as Asked;
			for (const { function: tool } of tools) offered[tool.name] = tool.parameters;
			const answers = messages.filter(({ role }) => role === 'tool').map(({ content }) => textOf(content));
			told.splice(0, told.length, ...answers);
			answer(response, script(answers), answers.length, stream === true);
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
		offered,
		told,
		close: async () => {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}

function answer(response: ServerResponse, turn: Turn, count: number, isStream: boolean): void {
	const toolCalls = 'tool' in turn && [
		{
			index: 0,
			id: `call_${count}`,
			type: 'function',
			function: { name: turn.tool, arguments: JSON.stringify(turn.args) },
		},
	];
	const message = {
		role: 'assistant',
		content: 'says' in turn ? turn.says : null,
		...(toolCalls && { tool_calls: toolCalls }),
	};
	const whole = {
		id: `chat_${count}`,
		created: 0,
		model: 'scripted',
		usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
	};
	const finish_reason = toolCalls ? 'tool_calls' : 'stop';
	if (!isStream) {
		response.setHeader('content-type', 'application/json');
		response.end(
			JSON.stringify({ ...whole, object: 'chat.completion', choices: [{ index: 0, message, finish_reason }] }),
		);
		return;
	}
	response.setHeader('content-type', 'text/event-stream');
	const event = (choice: object) =>
		response.write(
			`data: ${JSON.stringify({ ...whole, object: 'chat.completion.chunk', choices: [{ index: 0, ...choice }] })}\n\n`,
		);
	event({ delta: message, finish_reason: null });
	event({ delta: {}, finish_reason });
	response.end('data: [DONE]\n\n');
}

/** A text, or a list of parts. */
function textOf(content: unknown): string {
	if (!Array.isArray(content)) return String(content);
	return (content as Array<{ text?: string }>).map(({ text = '' }) => text).join('');
}
