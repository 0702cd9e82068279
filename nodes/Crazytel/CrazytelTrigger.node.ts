import type {
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
	IPollFunctions,
	NodeConnectionTypes,
} from 'n8n-workflow';

import { events, findEvent, properties } from './triggers';
import { poll } from './triggers/poll';

/** Only the type is n8n's: a version before 1.83 beside the package has no `NodeConnectionTypes` to load. */
const MAIN: typeof NodeConnectionTypes.Main = 'main';

const names = JSON.stringify(Object.fromEntries(events.map(({ value, name }) => [value, name])));

export class CrazytelTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Crazytel Trigger',
		name: 'crazytelTrigger',
		icon: { light: 'file:../../icons/crazytel.svg', dark: 'file:../../icons/crazytel.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: `={{ ${names}[$parameter["event"]] ?? $parameter["event"] }}`,
		// n8n shows it for both nodes where it lists their actions and events together.
		description:
			'SIP trunks, phone numbers, SMS and call records of the Australian telephone provider Crazytel; starts the workflow when the balance is low, a trunk or a verified number has changed, a call was recorded, or too much was spent',
		defaults: { name: 'Crazytel Trigger' },
		polling: true,
		inputs: [],
		outputs: [MAIN],
		credentials: [{ name: 'crazytelApi', required: true }],
		properties,
	};

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		return await poll(this, { properties, findEvent });
	}
}
