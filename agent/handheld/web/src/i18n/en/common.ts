import type { common as russian } from '../ru/common'
import type { Text } from '@shared/dictionary'

export const common: Record<keyof typeof russian, Text> = {
    brand: '+7 Dostavki',
    wait: 'One moment…',
    saving: 'Saving…',

    'do.back': 'Back',
    'do.next': 'Next',
    'do.close': 'Close',
    'do.undo_in': 'Undo ({n} min left)',
    'do.done': 'Done',

    'agent.away': 'The program on this device does not answer',
    'agent.away_more': 'Wait: the page keeps trying. What was saved is not lost.',
    'agent.foreign': 'This page has to be opened anew',
    'agent.foreign_more': 'The program on this device was restarted. Close the page and open it with the +7 icon.',
    'page.broken': 'This screen could not be shown',
    'page.again': 'To the list',
    'agent.unknown': 'No answer. Not known whether it was saved: look at the list before you repeat it.',

    'sync.sent': 'everything is sent',
    'sync.waiting': { one: '{n} record not sent', other: '{n} records not sent' },
    'sync.oldest': 'oldest {ago}',
    'sync.away': 'no connection',
    'sync.away_since': 'no connection since {time}',
    'sync.held': 'central waits for the dispatcher',

    'trouble.gps_none': 'GPS is not working',
    'trouble.gps_lost': 'no GPS signal',
    'trouble.battery': 'battery {n}%',
    'trouble.storage': 'storage is low',
    'trouble.scanner': 'scanner not connected',

    'age.now': 'just now',
    'age.ago': '{age} ago',
    'age.second': '{n} s',
    'age.minute': '{n} min',
    'age.hour': '{n} h',
    'age.day': '{n} d',
    'unit.m': '{n} m',
    'unit.km': '{n} km',
    'unit.mb': '{n} MB',
    'unit.gb': '{n} GB',
    'unit.percent': '{n}%',

    'menu.title': 'Menu',
    'menu.end': 'End the shift',
    'menu.break': 'Take a break',
    'menu.status': 'State of the device',
    'menu.courier': 'Courier {code}, on shift since {time}',

}
