/** A call or a message as the account holds it. */
export interface StoredCallRecord {
	/** When it was set up, milliseconds since 1970; null is a record without it. */
	at: number | null;
	type: 'voice' | 'did' | 'smsin' | 'smsout';
	/** The trunk's username, or the extension. */
	extension: string;
	/** The other columns. */
	columns: Record<string, unknown>;
}
