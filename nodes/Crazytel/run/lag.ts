/** A list may lag behind what was written by some seconds; after this it does not, in milliseconds. */
export const LAG_MS = 120_000;

/** How long what was written may take to turn up in the list before it is looked for once more, in milliseconds. */
export const SECOND_LOOK_MS = 2_000;

/** For so long it is remembered what was sent, and how many things a list has had, in milliseconds. */
export const REMEMBERED_MS = 3_600_000;
