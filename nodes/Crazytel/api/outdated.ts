/** A request was not sent: when its turn came, what it rests on was not so any more. Nothing was done. */
export class Outdated extends Error {
	constructor() {
		super('The request was not sent, because what it rests on has changed.');
		this.name = 'Outdated';
	}
}
