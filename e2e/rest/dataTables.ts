import type { IDataObject } from 'n8n-workflow';

import type { Session } from './session';

/** A table of n8n itself. */
export interface DataTable {
	name: string;
	columns: Array<{ name: string; type: 'string' | 'number' | 'boolean' | 'date' }>;
}

export type SavedDataTable = Pick<DataTable, 'name'> & { id: string };

/** @returns the table of that name, made where there is none */
export async function dataTable(session: Session, table: DataTable): Promise<SavedDataTable> {
	const place = await tablesOf(session);
	const { data } = await session.send<{ data: SavedDataTable[] }>('GET', place);
	return data.find(({ name }) => name === table.name) ?? (await session.send('POST', place, table));
}

export async function rowsOf(session: Session, { id }: SavedDataTable): Promise<IDataObject[]> {
	return (await session.send<{ data: IDataObject[] }>('GET', `${await tablesOf(session)}/${id}/rows`)).data;
}

/** Tables belong to a project; the owner has one of his own. */
async function tablesOf(session: Session): Promise<string> {
	const { id } = await session.send<{ id: string }>('GET', '/rest/projects/personal');
	return `/rest/projects/${id}/data-tables`;
}
