import { isTool } from '../../../nodes/Crazytel/run/tool';

test.each([
	['n8n-nodes-crazytel.crazytelTool', true],
	['CUSTOM.crazytelTool', true],
	['n8n-nodes-crazytel.crazytel', false],
	['n8n-nodes-crazytel.crazytelTrigger', false],
	['Tools.crazytel', false],
])('whether a node is the tool of an agent is told by its type: %s', (type, expected) => {
	expect(isTool({ type })).toBe(expected);
});
