/** How long the server may take for one answer, in milliseconds. */
export const TIMEOUT_MS = 30_000;
