import type { Assumption } from './assumption';
import { takesPost } from './numbers';

/** What is assumed of SMS. Only one question can be read without sending any. */
export const smsAssumptions: Assumption[] = [
	{
		id: 'sms-endpoint',
		question: 'Can SMS be sent at that address?',
		mark: 'C',
		settledBy: 'reading',
		switches: { smsEndpoint: 'present' },
		rows: ['POST `/api/v2/sms/send`'],
		requests: ['sms-send'],
		read: (answers) => {
			const found = takesPost(answers['sms-send']);
			return found === undefined ? undefined : { switches: { smsEndpoint: found } };
		},
	},
	{
		id: 'sms-key-status',
		question: 'How is the SMS key refused elsewhere?',
		mark: 'I',
		settledBy: 'reading',
		switches: {},
		requests: ['sms-key-balance'],
		read: (answers) => {
			const status = answers['sms-key-balance']?.status ?? 0;
			if (status < 200) return undefined;
			return { isAsAssumed: status === 403 || status === 401, saw: `status ${String(status)}` };
		},
	},
	{
		id: 'sms-key',
		question: 'Which key sends SMS?',
		mark: 'C',
		settledBy: 'an SMS',
		switches: { smsKey: 'either', smsKeyRefusal: 403 },
		requests: [],
	},
	{
		id: 'sms-answer',
		question: 'In what form is an SMS answered?',
		mark: 'C',
		settledBy: 'an SMS',
		switches: { smsShape: 'bare', smsStatus: 'queued', smsHttpStatus: 200 },
		requests: [],
	},
	{
		id: 'sms-refusal',
		question: 'Can a 2xx refuse a recipient?',
		mark: 'I',
		settledBy: 'an SMS',
		switches: { smsRefusal: 'none' },
		requests: [],
	},
	{
		id: 'sms-idempotency',
		question: 'Is an Idempotency-Key honoured, and for how long?',
		mark: 'C',
		settledBy: 'an SMS',
		switches: { idempotencyKeys: 'honoured' },
		requests: [],
	},
	{
		id: 'sms-key-other-body',
		question: 'What does one Idempotency-Key with another body bring?',
		mark: '–',
		settledBy: 'an SMS',
		switches: { keyWithOtherBody: 422 },
		requests: [],
	},
];
