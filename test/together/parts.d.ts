/** A part is named as its file in this folder. */
export function together(part: string): string[];

/** The files of the folders below test/. */
export function testsIn(folders: string[]): string[];
