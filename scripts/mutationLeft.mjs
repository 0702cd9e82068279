import { existsSync, readFileSync } from 'node:fs';
import { relative } from 'node:path';

/** `file:line:column-line:column`, with lines from 1 and columns from 0, as babel has them. */
const PLACE = /^(.+):(\d+):(\d+)-(\d+):(\d+)$/;

const { MUTATION_LEFT = '' } = process.env;
const left = existsSync(MUTATION_LEFT) ? JSON.parse(readFileSync(MUTATION_LEFT, 'utf8')).map(read) : [];

/**
 * Stryker takes a place for a range, and tries all that lies within. Where that of a whole function was drawn, these
 * are a hundred others. So what holds no place that is left is ignored.
 */
export const strykerPlugins = [
	{
		kind: 'Ignore',
		name: 'left',
		value: {
			shouldIgnore({ node, hub }) {
				const file = relative('', hub.file.opts.filename);
				const ofFile = left.filter((place) => place.file === file);
				return ofFile.every(({ range }) => range !== undefined && !holds(node.loc, range)) ? 'not left' : undefined;
			},
		},
	},
];

function read(place) {
	const [, file = place, ...numbers] = PLACE.exec(place) ?? [];
	return { file, range: numbers.length > 0 ? numbers.map(Number) : undefined };
}

function holds({ start, end }, [startLine, startColumn, endLine, endColumn]) {
	return (
		(start.line < startLine || (start.line === startLine && start.column <= startColumn)) &&
		(end.line > endLine || (end.line === endLine && end.column >= endColumn))
	);
}
