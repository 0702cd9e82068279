import { addEventHandler } from 'jest-circus';

/** One failure is enough to notice a mutant, and jest itself bails out only between files. */
export function stopAtFirstFailure(): void {
	let hasFailed = false;
	addEventHandler((event) => {
		if (event.name === 'test_fn_failure' || event.name === 'hook_failure') hasFailed = true;
		if (event.name === 'test_start' && hasFailed) event.test.mode = 'skip';
	});
}
