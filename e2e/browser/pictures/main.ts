/* eslint-disable @n8n/community-nodes/no-restricted-globals -- runs outside n8n, on Node itself */
import { trunksToShow } from '../../../sandbox/trunksToShow';
import { openBrowserScene } from '../scene';
import { motifs } from './motifs';

/** Large enough that n8n folds nothing away; twice as many dots, for screens that have them. */
const LOOK = { size: { width: 1400, height: 800 }, zoom: 2 };

async function main(): Promise<void> {
	const scene = await openBrowserScene(LOOK);
	try {
		for (const trunk of trunksToShow) scene.sandbox.addTrunk(trunk);
		for (const motif of motifs) {
			process.stdout.write(`${await motif(scene)}\n`);
			await scene.closeTabs();
		}
	} finally {
		await scene.close();
	}
}

main().catch((error: Error) => {
	process.stderr.write(`${error.message}\n`);
	process.exitCode = 1;
});
