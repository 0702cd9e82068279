/* eslint-disable @typescript-eslint/no-require-imports -- a version stands in a package's package.json */
import { describeWithEachZod, zods } from './eachZod';

test.each(zods)('the package $package is zod $version', ({ package: name, version }) => {
	expect((require(`${name}/package.json`) as { version: string }).version).toBe(version);
});

test('the three zods are three different modules', () => {
	const modules = zods.map(({ package: name }) => (require(name) as typeof import('zod')).z.object);
	expect(new Set(modules).size).toBe(3);
});

describeWithEachZod('the validation', ({ zod, wanted, areaCode }) => {
	test('runs on the zod that it is tested with', () => {
		expect(zod).toBe(wanted);
		expect(areaCode.optional()).toBeInstanceOf((wanted as typeof zod).ZodOptional);
	});
});

test('only one zod has the interface of version 4, so the versions are not mixed up', () => {
	const hasCore = zods.map(({ package: name }) => 'core' in (require(name) as object));
	expect(hasCore).toEqual([false, false, true]);
});
