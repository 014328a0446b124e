// What central says of a zone in a file, in the language of this page; test/tariffs.test.ts holds the sentences against
// central's sources. A sentence that is not known here is shown as it came.
import { t, type Key } from '../../i18n/index.svelte'

export const faultKeys: Record<string, Key> = {
    'a ring has at least 4 points, the last one is the first one again': 'zone.fault.points',
    'a ring is not closed: its last point is not its first': 'zone.fault.open',
    'a point is not on the globe; GeoJSON writes longitude first': 'zone.fault.globe',
    'a ring crosses itself or another one': 'zone.fault.crosses',
    'it covers no ground, or its outline crosses itself': 'zone.fault.crosses',
    'a hole does not lie inside': 'zone.fault.hole',
    'a zone has at most 10 000 points: simplify its outline': 'zone.fault.many',
    'a zone is a Polygon or a MultiPolygon': 'zone.fault.kind',
    'a zone has a name: properties.name': 'zone.fault.name',
    'another zone of the file has the same name': 'zone.fault.twice',
    'another zone has this name': 'zone.fault.taken',
    'a colour is written as #2f6fde': 'error.colour',
    'no such depot': 'zone.fault.depot',
}

export function faultText(fault: string): string {
    const key = faultKeys[fault]
    return key ? t(key) : fault
}
