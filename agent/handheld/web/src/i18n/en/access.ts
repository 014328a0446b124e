import type { access as russian } from '../ru/access'
import type { Text } from '@shared/dictionary'

export const access: Record<keyof typeof russian, Text> = {
    'access.none': 'Nobody has looked these days',
    'access.away': 'The record cannot be read now',
    'access.someone': 'Member of staff',
    'access.live': 'place on the map',
    'access.track': 'your way',
    'access.track_of': 'your way {from} – {to}',
    'access.events': 'events of the shift',
    'access.unknown': 'other data',
    'role.admin': 'administrator',
    'role.dispatcher': 'dispatcher',
    'role.operator': 'operator',
    'role.analyst': 'analyst',
    'role.depot': 'depot',
}
