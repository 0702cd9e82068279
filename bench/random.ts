/** Marsaglia's xorshift, as chance that can be had again. */
export function randomFrom(seed: number): () => number {
	let state = (seed * 2_654_435_761) | 1;
	return () => {
		state ^= state << 13;
		state ^= state >>> 17;
		state ^= state << 5;
		return (state >>> 0) / 2 ** 32;
	};
}
