import type { hand as russian } from '../ru/hand'
import type { Text } from '@shared/dictionary'

export const hand: Record<keyof typeof russian, Text> = {
    'sign_in.badge': 'Scan your badge',
    'sign_in.badge_more': 'No network is needed for it.',
    'sign_in.pin': 'PIN of courier {code}',
    'sign_in.pin_label': 'PIN',
    'sign_in.ready': 'You are signed in',
    'sign_in.ready_more': 'The shift can start.',
    'sign_in.locked': 'Five wrong PINs',
    'sign_in.locked_more': 'Call the dispatcher, who gives you a new one.',

    'give.scan': 'Scan your colleague’s code: Menu → Take from a colleague',
    'give.to': 'Colleague {code}',
    'give.what': 'What do you give?',
    'give.parcels': { one: '{n} parcel', other: '{n} parcels' },
    'give.choose': 'Tick what you give',
    'give.scan_first': 'Scan your colleague’s code',
    'give.go': { one: 'Give {n} order to {code}', other: 'Give {n} orders to {code}' },
    'goods.title': 'Given: {n} of {m}',
    'goods.show': 'Let {code} scan this code',
    'invite.show': 'Show this code to your colleague',
    'invite.then': 'He ticks what he gives and shows a code of his: scan it.',
}
