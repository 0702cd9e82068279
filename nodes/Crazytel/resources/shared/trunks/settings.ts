import { flag, isListedFlag, isSameFlag } from '../../../input/flag';
import { isListedNumber, isSameNumber, isSmsSender, phoneNumber, smsSender } from '../../../input/phoneNumber';
import { isSameText } from '../../../input/normalForm';
import { lineOfText } from '../../../input/text';
import { setting, type ValuesOf } from '../settings';
import { loadsAgain } from '../verifiedNumbers/pickers';
import { areaCode, isListedAreaCode, isSameAreaCode } from './areaCode';
import { password } from './password';

/** No limit is documented; a longer text is a pasted document, not a name. */
const LONGEST_DESCRIPTION = 1000;

/** What is on or off, however it is listed. */
const onOff = { reads: flag, isSame: isSameFlag, isReadable: isListedFlag };

/**
 * What a trunk can be given, by the API's names (docs/crazytel-api.md#sip-trunk). The only place where a
 * setting is declared: fields, reading, comparison, dry run, masking and messages follow from it.
 */
export const settings = {
	area_code: setting({
		reads: areaCode,
		isSame: isSameAreaCode,
		isReadable: isListedAreaCode,
		field: {
			displayName: 'Area Code',
			name: 'areaCode',
			type: 'string',
			default: '',
			placeholder: 'e.g. 02',
			description: 'The area that calls are routed from: 02, 03, 07 or 08',
		},
	}),
	caller_id_number: setting({
		reads: phoneNumber,
		isSame: isSameNumber,
		isReadable: isListedNumber,
		mayUse: () => true,
		field: {
			displayName: 'Caller ID Name or ID',
			name: 'callerIdNumber',
			type: 'options',
			typeOptions: { loadOptionsMethod: 'getVerifiedNumbers', loadOptionsDependsOn: loadsAgain('callerIdNumber') },
			// The editor would mark '(02) 9123 4567' from an expression as unsupported, as it is not in the list like that.
			allowArbitraryValues: true,
			default: '',
			description:
				'The verified number that outbound calls show, such as 61291234567. Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
		},
	}),
	description: setting({
		reads: lineOfText(LONGEST_DESCRIPTION),
		isSame: isSameText,
		isClearable: true,
		field: {
			displayName: 'Description',
			name: 'description',
			type: 'string',
			default: '',
			placeholder: 'e.g. Sales team',
			description: 'A name for the trunk, such as the customer or the team that uses it',
		},
		inUpdate: { description: 'A name for the trunk, left empty to clear it' },
		// n8n lets no model fill in a field of a form that is named `description`.
		byItself: { name: 'trunkDescription' },
	}),
	enabled: setting({
		...onOff,
		state: (value) => (isSameFlag(value, true) ? 'enabled' : 'suspended'),
		field: {
			displayName: 'Enabled',
			name: 'enabled',
			type: 'boolean',
			default: true,
			description: 'Whether the trunk can be used, as opposed to being suspended',
		},
	}),
	hide_caller_id: setting({
		...onOff,
		field: {
			displayName: 'Hide Caller ID',
			name: 'hideCallerId',
			type: 'boolean',
			default: false,
			description: 'Whether outbound calls show as a private number, with which international calls may fail',
		},
	}),
	password: setting({
		reads: password,
		isSecret: true,
		field: {
			displayName: 'Password',
			name: 'password',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			placeholder: 'e.g. 8 or more characters with A-Z, a-z, 0-9',
			description:
				'The password that devices register with: at least 8 characters with an upper-case letter, a lower-case letter and a digit',
		},
		inUpdate: {
			description:
				'A new password of at least 8 characters with an upper-case letter, a lower-case letter and a digit; devices drop off until they are given it',
		},
	}),
	sms_sender: setting({
		reads: smsSender,
		isSame: isSameNumber,
		isReadable: isListedNumber,
		mayUse: isSmsSender,
		field: {
			displayName: 'SMS Sender Name or ID',
			name: 'smsSender',
			type: 'options',
			typeOptions: { loadOptionsMethod: 'getSmsSenders', loadOptionsDependsOn: loadsAgain('smsSender') },
			allowArbitraryValues: true,
			default: '',
			description:
				'The verified mobile number that messages from the CrazyPhone app come from, such as 61412345678. Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
		},
	}),
	softphone_show_balance: setting({
		...onOff,
		field: {
			displayName: 'Softphone Show Balance',
			name: 'softphoneShowBalance',
			type: 'boolean',
			default: true,
			description: 'Whether the CrazyPhone app shows the account balance',
		},
	}),
	softphone_sync_sms: setting({
		...onOff,
		field: {
			displayName: 'Softphone Sync SMS',
			name: 'softphoneSyncSms',
			type: 'boolean',
			default: false,
			description: 'Whether CrazyPhone apps that share an SMS sender show the same messages',
		},
	}),
};

/** What is sent of a trunk. */
export type TrunkSettings = ValuesOf<typeof settings>;

/** Without these there is no trunk (docs/crazytel-api.md#sip-trunk). */
export const REQUIRED: Array<keyof TrunkSettings> = ['caller_id_number', 'password'];
