/** Forgets the oldest entries where there are too many. */
export function keepYoungest<Key>(entries: Map<Key, unknown>, most: number): void {
	for (const oldest of entries.keys()) {
		if (entries.size <= most) break;
		entries.delete(oldest);
	}
}
