/**
 * The words that a report may show: those of HTTP, of FastAPI's errors and of telephony. A word that is not here could be
 * of the account, such as a person's name, and is masked. So are words that are first names as well, and places.
 */
const WORDS = new Set(
	`
	a about above access account accounts action active active activate activated add added additional address addresses administrator
	after again age agent all allow allowed already alternative amount an and announcement another answer answered any api app are area
	array as assigned at attribute audio authentication authorization auto available backup bad balance band base be been before
	begin below between billed billing block blocked body bool boolean bound bulk business but by call caller calling calls can
	cancel cannot capacity cap carrier cdr cdrs channel channels charge charged charges check city class cleared cli client clock
	closed code codec comment company complete completed concurrent congestion connect connected connection contact contacts content
	continue conversation cost costs count country created creation credit currency current cursor customer daily data date dates day
	days decode default delay delete deleted delivered delivery denied dept description dest destination destinations detail details
	device devices dictionary did dids direction disabled display disposition does domain draft duration each email emergency empty enabled
	end ended endpoint ends entity entries error errors event exceed exceeded exist exists expected expired expires expiry ext
	extension external extra failed failure fax feature fee fetched field fields file filter first flag for forbidden form format
	forward found free friendly from full gateway get given greater group groups gst handler hangup has have header headers hidden hide history
	host hour hours http https id identifier ids if in inactive inbound inc includes index info inputs input insufficient
	int integer internal international into invalid ip is it item items its job json key keys kind label landline last lat later
	least leg length less level like limit limits line link links list listed lists local location locked long loss mailbox main max
	maximum member members message messages meta method metered min minimum minute minutes missing mms mobile mode model month
	monthly more most msg must name national network never new next nice no node none not note null number numbers object of off
	offset ok on once one only open operation optional opt option options or order orders original other out outbound over owned
	owner owners page pages pagination paid param parameter parameters parsing part parts password path pattern paused payload pending per
	period permission permissions permitted person phone place plan please pool port ported position post postcode prefix prepaid present
	previous price pricing primary priority problem process property provided provider public purchase purchased quality query queue
	queued range rate rated rates rating reach read reason received recipient recipients record recorded recording records ref reference
	refused region registered registration rejected release remaining remote removed renewal repeat reply request requested requests
	require required requires reset resource response result results retry ring ringing role route routed routes routing row rows rule
	running sample save scheduled schedule search second seconds secret self send sender sent sequence serial server service session set
	setting settings setup short should show sip size sms softphone sorry source span start started starts state status statuses stop
	stopped street string strings sub subscription success successful successfully suburb such support supported surname suspended sync
	system tag tags target tariff tax text than that the their there these third this time timeout times timestamp timezone to token too
	total transaction transfer trunk trunks try type types unable unauthorized unavailable unexpected unique unit units unknown
	unprocessable unsupported until up update updated uri url usage use used user username users using utc uuid valid validation value
	values verified verify version via video voice voicemail wait was we webhook were when where which window with without write
	wrong year years you your zero zip zone
	alpha digit digits letter letters lower upper case character characters least contain contains needs need own
	unverified validated accepted assertion attr body enum finite float frozen greater literal model multiple none parsing
	tuple uncaught union uuid4 iso datetime dict dicts forbidden instance
	nginx uvicorn cloudflare apache gunicorn bytes gzip deflate br utf charset application html plain xml problem keep alive close
	x access control allow origin methods expose strict transport security etag cache vary age connection encoding language modified
	via server powered ratelimit remaining reset policy referrer frame sniff content nosniff request trace correlation span cf alt svc
	reports nel set cookie pragma expires alt report to accept ranges security permissions cross opener embedder
	first last middle title full business trading abn acn given family
	us smsin smsout
	gone retrieve fetch process created conflict duplicate exists instance
	limited many requests hour per second exceeded quota throttled slow down backoff
	answer setup pdd leg a b src dst orig term caller callee
	sunday monday tuesday wednesday thursday friday saturday
	`
		.trim()
		.split(/\s+/),
);

/** Whether a report may show this word, in whatever case. */
export function isKnownWord(word: string): boolean {
	return WORDS.has(word.toLowerCase());
}

/** What stands in the place of what is not shown. */
export const MASK = '…';

const LONGEST_NAME = 60;

/**
 * A field's name as a report shows it: `first_name` as it is, `jane_smith` as `…`, `cost_jane` as `cost_…`. A number is
 * shown after such a word, as in `address_2`, and only one: more of them could be a date, or a number to call.
 *
 * @param name as the server gave it
 */
export function maskName(name: string): string {
	if (name.length > LONGEST_NAME) return MASK;
	const before = /^\D*?([A-Z]+|[A-Z]?[a-z]+)[_.:-]?\d{1,2}\D*$/.exec(name)?.[1];
	const isNumbered = before !== undefined && isKnownWord(before);
	const masked = name.replace(/[^_.:-]+/g, (piece) => {
		const words = piece.match(/[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+|[^A-Za-z\d]+/g) ?? [];
		return words.map((word) => ((/^\d/.test(word) ? isNumbered : isKnownWord(word)) ? word : MASK)).join('');
	});
	return masked.replace(/…(?:[_.:-]*…)+/g, MASK);
}

const MOST_CHARACTERS = 200;

/**
 * A text of the server's errors as a report shows it: words that are known, digits as `#`, all else masked.
 *
 * @param text as the server gave it
 */
export function maskText(text: string): string {
	const masked = text
		.slice(0, 4 * MOST_CHARACTERS)
		.replace(/\p{L}[\p{L}\p{N}\p{M}]*|\p{N}+|[^\p{L}\p{N}\s]+/gu, (piece) => {
			if (/^\p{N}+$/u.test(piece)) return '#';
			if (/^[.,:;!?'"()\-/_[\]{}*+=<>%|]+$/.test(piece)) return piece;
			return isKnownWord(piece) ? piece : MASK;
		})
		.replace(/…(?:[\s\-_./'"]*…)+/g, MASK)
		.replace(/\s+/g, ' ')
		.trim();
	return masked.slice(0, MOST_CHARACTERS);
}
