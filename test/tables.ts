/**
 * @param markdown a paper, or a part of one
 * @returns the rows of its tables, as cells without their padding; a table's heading is a row, too
 */
export function rowsOf(markdown: string): string[][] {
	return markdown
		.split('\n')
		.filter((line) => /^\|.*\|$/.test(line) && !/^\|[ |:-]+\|$/.test(line))
		.map((line) =>
			line
				.slice(1, -1)
				.split('|')
				.map((cell) => cell.trim()),
		);
}
