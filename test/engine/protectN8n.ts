/* eslint-disable @n8n/community-nodes/no-restricted-imports -- looks into n8n, never published */
import { createRequire } from 'node:module';

/** n8n-core may have packages of its own, which are not those that a test would import. */
const ofN8n = createRequire(require.resolve('n8n-core'));

/**
 * Switches n8n's protection against requests to internal addresses, as N8N_SSRF_PROTECTION_ENABLED does at
 * its start. It is off by default; while it is on, nothing on this machine can be reached.
 */
export function protectN8n(isOn: boolean): void {
	const { Container } = ofN8n('@n8n/di') as { Container: { get(type: unknown): { enabled: boolean } } };
	const { SsrfProtectionConfig } = ofN8n('@n8n/config') as { SsrfProtectionConfig: unknown };
	Container.get(SsrfProtectionConfig).enabled = isOn;
}
