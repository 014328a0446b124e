// What the floor asks of the agent: docs/handheld.md.
import { ask, post, readWithinMs } from '../api/client'
import type { FloorParcel, FloorTask } from '../api/types'

export type ListName = 'missing' | 'waiting' | 'coming' | 'carried'
export interface FloorList {
    total: number
    parcels: FloorParcel[]
}

export const floorAgent = {
    begin: (task: FloorTask, of: { registry?: string | null; courier?: string | null } = {}) => post('/api/floor/work', { task, ...of }),
    answer: (yes: boolean) => post('/api/floor/answer', { yes }),
    choose: (parcel: string) => post('/api/floor/choose', { parcel }),
    damage: (parcel: string, note: string) => post('/api/floor/damage', { parcel, note }),
    undo: (parcel: string) => post('/api/floor/undo', { parcel }),
    list: (list: ListName, of: string) => ask(`/api/floor/parcels?list=${list}&of=${of}`, {}, readWithinMs) as Promise<FloorList>,
}
