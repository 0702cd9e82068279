/* eslint-disable @n8n/community-nodes/no-restricted-imports -- a test, runs outside n8n */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type {
	INode,
	INodeParameters,
	INodeProperties,
	INodePropertyCollection,
	INodePropertyOptions,
} from 'n8n-workflow';

import { PACKAGE_ROOT } from '../../engine/boot';
import { startSandbox } from '../../sandbox';
import { credentialFor } from '../editor/content';
import type { N8nVersion } from '../install';
import { itemsOf } from '../rest';
import { items, manualTrigger, node, saveChain, type Scene, split } from './scene';

const TYPE = 'n8n-nodes-base.httpRequest';

/** The rows of the example in docs/operations.md: a field by its name in the editor, and what goes in. */
function rowsOfExample(): Array<[field: string, value: string]> {
	const [, part = ''] = readFileSync(join(PACKAGE_ROOT, 'docs/operations.md'), 'utf8').split('\n## Custom API Call\n');
	const [table = ''] = /(?:^\|.*\|\n)+/m.exec(part) ?? [];
	return table
		.trim()
		.split('\n')
		.slice(2)
		.map((row) => row.split('|').map((cell) => cell.trim().replace(/^`(.*)`$/, '$1')))
		.map(([, field = '', value = '']) => [field, value]);
}

/** n8n's HTTP Request, as the example has it filled in. */
async function asInExample({ n8n: { rest }, credential, sandbox }: Scene): Promise<INode> {
	const [type] = (await rest.nodeTypes())
		.filter(({ name }) => name === TYPE)
		.sort((a, b) => newest(b.version) - newest(a.version));
	if (type === undefined) throw new Error('This n8n has no HTTP Request.');
	const shown = Object.fromEntries((await rest.credentialTypes()).map(({ name, displayName }) => [displayName, name]));
	const parameters: INodeParameters = {};
	const credentials: INode['credentials'] = {};
	for (const [field, value] of rowsOfExample()) {
		const credentialType = shown[field];
		if (credentialType !== undefined) credentials[credentialType] = { id: credential.id, name: credential.name };
		else
			fill(
				parameters,
				type.properties,
				field.split(' → '),
				shown[value] ?? value.replace('https://crazytel.io', sandbox.url),
			);
	}
	return { ...node('HTTP Request', TYPE, newest(type.version), parameters), credentials };
}

function newest(version: number | number[]): number {
	return Math.max(...[version].flat());
}

/** Sets what stands under these names in the editor, as the editor saves it. */
function fill(into: INodeParameters, fields: INodeProperties[], [name, ...inner]: string[], value: string): void {
	const field = fields.find(({ displayName }) => displayName === name);
	if (field === undefined) throw new Error(`HTTP Request has no field "${String(name)}".`);
	if (inner.length > 0) {
		const target: INodeParameters = {};
		const [group] = field.type === 'fixedCollection' ? (field.options as INodePropertyCollection[]) : [];
		into[field.name] = group === undefined ? target : { [group.name]: target };
		fill(target, group?.values ?? (field.options as INodeProperties[]), inner, value);
		return;
	}
	const choice = (field.options as INodePropertyOptions[] | undefined)?.find(({ name: shown }) => shown === value);
	if (field.type === 'options' && choice === undefined)
		throw new Error(`${field.displayName} has no choice "${value}".`);
	into[field.name] = field.type === 'boolean' ? value === 'on' : (choice?.value ?? value);
}

/** The example of HTTP Request with the credential. */
export function describeCustomApiCall(scene: () => Scene, version: N8nVersion): void {
	describe('HTTP Request with the credential, filled in as docs/operations.md has it', () => {
		const run = async (worker: INode) => {
			const { n8n } = scene();
			const workflow = await saveChain(
				scene(),
				'Custom API Call',
				manualTrigger,
				items({ row: 1 }, { row: 2 }),
				split,
				worker,
			);
			return await n8n.rest.runManually(workflow, 'Start');
		};

		it('sends what is documented, once an item, and gives the answer', async () => {
			const { sandbox } = scene();
			const { username } = sandbox.addTrunk({ description: 'Front desk' });
			const execution = await run(await asInExample(scene()));

			expect([execution.status, execution.data.resultData.error?.message]).toEqual(['success', undefined]);
			const found = { route: 'device', destination: username, description: 'Front desk' };
			expect(itemsOf(execution, 'HTTP Request')).toEqual([found, found]);
			expect(sandbox.requests.map(({ method, path }) => `${method} ${path}`)).toEqual(
				Array(2).fill('GET /api/v1/phone-numbers/destinations/'),
			);
			expect(execution.text).not.toContain(sandbox.apiKey);
		});

		it('takes the key to no other address that it is sent on to', async () => {
			const { sandbox } = scene();
			const other = await startSandbox();
			try {
				sandbox.fault({
					on: 'destinations',
					play: { redirectTo: `${other.url}/api/v1/phone-numbers/destinations/` },
					times: 2,
				});
				await run(await asInExample(scene()));
				expect(sandbox.requests).toHaveLength(2);
				expect(other.requests).toEqual([]);
			} finally {
				await other.close();
			}
		});

		it('takes the key to no address that Allowed HTTP Request Domains leaves out, where n8n has that and keeps to it', async () => {
			const {
				n8n: { rest },
				sandbox,
			} = scene();
			const properties = (await rest.credentialTypes()).find(({ name }) => name === 'crazytelApi')?.properties ?? [];
			const isOffered = properties.some(({ displayName }) => displayName === 'Allowed HTTP Request Domains');
			const bounded = credentialFor(sandbox, 0);
			const { id, name } = await rest.createCredential({
				...bounded,
				data: { ...bounded.data, allowedHttpRequestDomains: 'domains', allowedDomains: 'crazytel.io' },
			});
			const worker = await asInExample(scene());
			const {
				data: { resultData },
			} = await run({ ...worker, credentials: { crazytelApi: { id, name } } });

			// 1.123.81 looks at it for its newer request helper alone, which HTTP Request does not use.
			const isKept = isOffered && version !== '1.123';
			expect(sandbox.requests).toHaveLength(isKept ? 0 : 2);
			expect(resultData.error?.message ?? '').toMatch(isKept ? /domain/i : /^$/);
		});
	});
}
