/** Forgets the oldest entry of too many; to be called after each one that is added. */
export function keepYoungest<Key>(entries: Map<Key, unknown>, most: number): void {
	const [oldest] = entries.keys();
	if (entries.size > most && oldest !== undefined) entries.delete(oldest);
}
