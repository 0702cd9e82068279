import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';

import { CREDENTIAL } from '../../api/credential';

/**
 * The entry that takes the place of a list which n8n has asked for without a credential, as it does for a node that
 * was just added: it chooses the credential while it waits for the answer, does not ask again, and an error would
 * block the field for good.
 *
 * @param words longer than any value of the list
 */
export function unloadedEntry(words: string): INodePropertyOptions[] {
	return [{ name: words, value: words, description: 'Choose a credential above, take this, then open the list again' }];
}

/**
 * Has a dropdown loaded again when {@link unloadedEntry} is taken: n8n does so when what stands at this place of the
 * field's own value changes. No value of the list reaches so far, so choosing one among others loads nothing.
 *
 * @param field the dropdown's name
 */
export function loadsAgainAfter(field: string, words: string): string[] {
	return [`&${field}[${words.length - 1}]`];
}

/** Whether n8n has asked before the credential was chosen. */
export function hasNoCredential(context: ILoadOptionsFunctions): boolean {
	return context.getNode().credentials?.[CREDENTIAL] === undefined;
}
