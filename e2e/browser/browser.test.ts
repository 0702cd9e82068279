import { trunksToShow } from '../../sandbox/trunksToShow';
import { describeCredentialForm } from './promises/credentialForm';
import { describeExamplesInEditor } from './promises/examples';
import { describeFirstAdd } from './promises/firstAdd';
import { describeNodePanel } from './promises/nodePanel';
import { describeNumbersAndSms } from './promises/numbersAndSms';
import { describeParameters } from './promises/parameters';
import { describePickersInEditor } from './promises/pickers';
import { describeRuns } from './promises/runs';
import { describeToolForm } from './promises/toolForm';
import { describeTrigger } from './promises/trigger';
import { type BrowserScene, openBrowserScene } from './scene';

describe("in n8n's editor", () => {
	let scene: BrowserScene;
	beforeAll(async () => {
		scene = await openBrowserScene();
	});
	beforeEach(() => {
		scene.sandbox.reset();
		// With other ids each time: for two minutes n8n knows better than the list what it has sent to one.
		for (const trunk of trunksToShow) scene.sandbox.addTrunk({ ...trunk, id: undefined });
	});
	afterAll(async () => await scene?.close());

	const theScene = () => scene;
	describeCredentialForm(theScene);
	describeNodePanel(theScene);
	describeParameters(theScene);
	describePickersInEditor(theScene);
	describeRuns(theScene);
	describeNumbersAndSms(theScene);
	describeFirstAdd(theScene);
	describeToolForm(theScene);
	describeTrigger(theScene);
	describeExamplesInEditor(theScene);
});
