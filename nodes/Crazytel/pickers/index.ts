import { searchTrunks } from './trunks';
import { getSmsSenders, getVerifiedNumbers } from './verifiedNumbers';

/** What fills the dropdowns; the names are part of the node's contract. */
export const methods = {
	loadOptions: { getSmsSenders, getVerifiedNumbers },
	listSearch: { searchTrunks },
};
