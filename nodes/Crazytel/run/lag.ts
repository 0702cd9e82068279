/** A list may lag behind what was written by some seconds; after this it does not, in milliseconds. */
export const LAG_MS = 120_000;
