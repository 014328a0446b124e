import type { people as russian } from '../ru/people'
import type { Text } from '@shared/dictionary'

export const people: Record<keyof typeof russian, Text> = {
    'give.title': 'Give to a colleague',
    'goods.again': 'Show the code for {code}',
    'invite.title': 'Take from a colleague',
    'invite.taken': { one: 'Taken from {code}: {n} parcel', other: 'Taken from {code}: {n} parcels' },
    'stop.undo.given': 'Undo giving ({n} min left)',
    'gone.given': 'given on',

    'chat.title': 'Chat with the dispatcher',
    'chat.who': 'Dispatcher {name}',
    'chat.new': 'new',
    'access.title': 'Who looked where I am',

    'point.on_shelf': 'on the shelf',
    'point.coming': 'coming',
    'point.hand_in': 'Leave at the point: {name}',
    'point.goes_to': 'Pickup point',
    'point.until': 'kept until {day}',
    'point.over': 'storage is over',
    'point.find': 'Find',
    'point.empty': 'Nothing is at the point',
    'point.empty_more': 'Scan parcels in when they are brought.',
}
