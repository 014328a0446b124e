// What only the audit log says; loaded with its room.
import type { audit as ru } from '../ru/audit'
import type { Text } from '@shared/dictionary'

export const audit: Record<keyof typeof ru, Text> = {
    'act.zone.imported': 'Loaded zones from a file',
    'act.zone.edited': 'Changed a zone',
    'act.slot.created': 'Entered a slot',
    'act.slot.edited': 'Changed a slot',
    'act.holiday.created': 'Added a special day',
    'act.holiday.removed': 'Removed a special day',
    'act.tariff.created': 'Put a tariff into force',
    'act.tariff.opened': 'Brought a tariff back',
    'act.tariff.archived': 'Archived a tariff',
    'audit.group.zone': 'Zones',
    'audit.group.slot': 'Slots',
    'audit.group.tariff': 'Tariffs',
    'act.depot.cell_named': 'Named a cell of the sorting',
    'act.depot.bag_opened': 'Opened a bag',
    'act.depot.bag_closed': 'Closed a bag',
    'act.depot.bag_reopened': 'Opened a bag again',
    'act.depot.trip_opened': 'Began a trip',
    'act.depot.trip_left': 'Sent off a trip',
    'act.depot.trip_closed': 'Closed a trip',
}
