/* eslint-disable @n8n/community-nodes/no-restricted-imports -- a test, runs outside n8n */
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';

import { PACKAGE_ROOT } from '../../engine/boot';

const FILE = '.github/ISSUE_TEMPLATE/live-check.yml';
const text = (file: string) => readFileSync(join(PACKAGE_ROOT, file), 'utf8');

const id = z.string().regex(/^[\w-]+$/);
const label = z.string().min(1);
const described = { label, description: z.string().optional() };
const validations = z.object({ required: z.boolean() }).strict().optional();
const filled = { ...described, placeholder: z.string().optional(), value: z.string().optional() };

/** GitHub's syntax of issue forms and of their elements, as far as it is used here. GitHub shows no form that breaks it. */
const form = z
	.object({
		name: z.string().min(1),
		description: z.string().min(1),
		title: z.string().optional(),
		labels: z.array(z.string()).optional(),
		body: z
			.array(
				z.discriminatedUnion('type', [
					z
						.object({ type: z.literal('markdown'), attributes: z.object({ value: z.string().min(1) }).strict() })
						.strict(),
					z
						.object({
							type: z.literal('textarea'),
							id,
							attributes: z.object({ ...filled, render: z.string().optional() }).strict(),
							validations,
						})
						.strict(),
					z.object({ type: z.literal('input'), id, attributes: z.object(filled).strict(), validations }).strict(),
					z
						.object({
							type: z.literal('dropdown'),
							id,
							attributes: z
								.object({ ...described, multiple: z.boolean().optional(), options: z.array(label).min(1) })
								.strict(),
							validations,
						})
						.strict(),
					z
						.object({
							type: z.literal('checkboxes'),
							id,
							attributes: z
								.object({
									...described,
									options: z.array(z.object({ label, required: z.boolean().optional() }).strict()).min(1),
								})
								.strict(),
						})
						.strict(),
				]),
			)
			.min(1),
	})
	.strict();

const { body } = form.parse(parse(text(FILE)));
const fields = body.flatMap((element) => (element.type === 'markdown' ? [] : [element]));

test('the form of a bug keeps to the syntax, too', () => {
	expect(form.parse(parse(text('.github/ISSUE_TEMPLATE/bug.yml'))).body.length).toBeGreaterThan(3);
});

test('the form of a report has fields with ids and labels of their own', () => {
	for (const values of [fields.map((field) => field.id), fields.map(({ attributes }) => attributes.label)])
		expect(new Set(values).size).toBe(values.length);
});

test('it takes the report as JSON, and not without a person who has read it', () => {
	expect(fields.find((field) => field.id === 'report')).toMatchObject({
		type: 'textarea',
		attributes: { render: 'json' },
		validations: { required: true },
	});
	expect(fields.find((field) => field.id === 'read')).toMatchObject({
		type: 'checkboxes',
		attributes: {
			options: [{ label: 'I have read it and it holds nothing that I do not want to share.', required: true }],
		},
	});
});

test('the command and the workflow lead to it, and it names both', () => {
	const link = `/new?template=${basename(FILE)}`;
	expect(text('live/main.ts')).toContain(`\${bugs.url}${link}`);
	const { bugs } = JSON.parse(text('package.json')) as { bugs: { url: string } };
	expect(text('examples/check-my-account.json')).toContain(bugs.url + link);
	for (const named of ['npm run check:live', 'examples/check-my-account.json', '**To share**'])
		expect(text(FILE)).toContain(named);
});
