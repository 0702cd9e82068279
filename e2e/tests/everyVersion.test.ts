import type { N8nVersion } from '../install';
import { describeAgent, describeAgentTool } from './agentTool';
import { describeCredential } from './credential';
import { describeCustomApiCall } from './customApiCall';
import { describeExamples } from './examples';
import { describeManualRuns } from './manualRuns';
import { describePackage } from './package';
import { describePickers } from './pickers';
import { openScene, type Scene } from './scene';
import { describeStoppedRuns } from './stoppedRuns';
import { describeTriggers } from './triggers';
import { describeWebhooks } from './webhooks';
import { describeWholeJob } from './wholeJob';

/** Set by jest.config.js. */
declare const N8N_VERSION: N8nVersion;

describe(`in n8n ${N8N_VERSION}`, () => {
	let scene: Scene;
	beforeAll(async () => {
		scene = await openScene(N8N_VERSION);
	});
	beforeEach(() => scene.sandbox.reset());
	afterAll(async () => await scene?.close());

	const theScene = () => scene;
	describePackage(theScene);
	// Before what makes many trunks: n8n remembers how many there were, and doubts a list that changes while it is short of them.
	describeExamples(theScene);
	describeCredential(theScene);
	describePickers(theScene);
	describeManualRuns(theScene);
	describeStoppedRuns(theScene);
	describeWebhooks(theScene);
	describeWholeJob(theScene);
	describeCustomApiCall(theScene, N8N_VERSION);
	describeTriggers(theScene);
	describeAgentTool(theScene);
	if (N8N_VERSION === '2.41') describeAgent(theScene);
});
