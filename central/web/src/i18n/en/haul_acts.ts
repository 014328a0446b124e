// What was done with sorting, bags and trips: words of the audit log.
import type { Text } from '@shared/dictionary'
import type { haulActs as russian } from '../ru/haul_acts'

export const haulActs: Record<keyof typeof russian, Text> = {
    'act.depot.cell_named': 'Named a cell of the sorting',
    'act.depot.bag_opened': 'Opened a bag',
    'act.depot.bag_closed': 'Closed a bag',
    'act.depot.bag_reopened': 'Opened a bag again',
    'act.depot.trip_opened': 'Began a trip',
    'act.depot.trip_left': 'Sent off a trip',
    'act.depot.trip_closed': 'Closed a trip',
}
