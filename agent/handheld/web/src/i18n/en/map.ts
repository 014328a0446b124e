import type { map as russian } from '../ru/map'
import type { Text } from '@shared/dictionary'

export const map: Record<keyof typeof russian, Text> = {
    'map.all': 'All stops',
    'map.closer': 'Closer',
    'map.farther': 'Farther',
    'map.own': 'Where I am',
    'map.label': 'Map: {n} stops',
    'map.hidden': 'Without a point on the map: {n}',
    'map.no_streets': 'Streets are not loaded yet',
    'map.no_own': 'Not known where you are: no GPS',
    'map.choose': 'Press a number on the map',
    'map.empty': 'No stop has a point on the map',
    'map.next': 'Next',
    'map.open': 'Open {n}',
    'map.open_this': 'Open',
    'map.side.n': 'north',
    'map.side.ne': 'north-east',
    'map.side.e': 'east',
    'map.side.se': 'south-east',
    'map.side.s': 'south',
    'map.side.sw': 'south-west',
    'map.side.w': 'west',
    'map.side.nw': 'north-west',
}
