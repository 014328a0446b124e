// Requests of sorting, bags and line haul: typed, thrown as Refused.
import { api, body } from '../../api/client'
import type { Bag, BagBoard, Bin, Goal, Scanned, Trip, TripBoard, TripNew } from '../../api/types'
import type { Asked } from './scan_desk.svelte'

const header = (key: string) => ({ 'Idempotency-Key': key })

export const binsOf = async (id: string): Promise<Bin[]> => (await body(api.GET('/api/v1/depots/{id}/bins', { params: { path: { id } } }))).items
export const nameCell = async (id: string, goal: Goal, cell: string | null, key: string): Promise<Bin[]> =>
    (await body(api.POST('/api/v1/depots/{id}/cells', { params: { path: { id }, header: header(key) }, body: { kind: goal.kind, id: goal.id, cell } }))).items
export const scanSort = (id: string, asked: Asked, key: string): Promise<Scanned> =>
    body(api.POST('/api/v1/depots/{id}/sort/scan', { params: { path: { id }, header: header(key) }, body: asked }))

export const bagsOf = async (id: string): Promise<Bag[]> => (await body(api.GET('/api/v1/depots/{id}/bags', { params: { path: { id } } }))).items
export type BagGoal = { kind: 'courier' | 'point' | 'depot'; id: string }
export const openBag = (id: string, goal: BagGoal, key: string): Promise<BagBoard> =>
    body(api.POST('/api/v1/depots/{id}/bags', { params: { path: { id }, header: header(key) }, body: goal }))
export const bagOf = (id: string, bag: string): Promise<BagBoard> => body(api.GET('/api/v1/depots/{id}/bags/{bag}', { params: { path: { id, bag } } }))
export const scanBag = (id: string, bag: string, asked: Asked, key: string): Promise<Scanned> =>
    body(api.POST('/api/v1/depots/{id}/bags/{bag}/scan', { params: { path: { id, bag }, header: header(key) }, body: asked }))
export const takeOut = (id: string, bag: string, parcel: string, key: string): Promise<BagBoard> =>
    body(api.POST('/api/v1/depots/{id}/bags/{bag}/out', { params: { path: { id, bag }, header: header(key) }, body: { parcel } }))
export const closeBag = (id: string, bag: string, seal: string | null, key: string): Promise<BagBoard> =>
    body(api.POST('/api/v1/depots/{id}/bags/{bag}/close', { params: { path: { id, bag }, header: header(key) }, body: { seal } }))
export const reopenBag = (id: string, bag: string, reason: string, key: string): Promise<BagBoard> =>
    body(api.POST('/api/v1/depots/{id}/bags/{bag}/reopen', { params: { path: { id, bag }, header: header(key) }, body: { reason } }))

export const tripsOf = async (id: string): Promise<Trip[]> => (await body(api.GET('/api/v1/depots/{id}/trips', { params: { path: { id } } }))).items
export const openTrip = (id: string, trip: TripNew, key: string): Promise<TripBoard> =>
    body(api.POST('/api/v1/depots/{id}/trips', { params: { path: { id }, header: header(key) }, body: trip }))
export const tripOf = (id: string, trip: string): Promise<TripBoard> => body(api.GET('/api/v1/depots/{id}/trips/{trip}', { params: { path: { id, trip } } }))
export const scanLoad = (id: string, trip: string, asked: Asked, key: string): Promise<Scanned> =>
    body(api.POST('/api/v1/depots/{id}/trips/{trip}/load', { params: { path: { id, trip }, header: header(key) }, body: asked }))
export const scanUnload = (id: string, trip: string, asked: Asked, key: string): Promise<Scanned> =>
    body(api.POST('/api/v1/depots/{id}/trips/{trip}/unload', { params: { path: { id, trip }, header: header(key) }, body: asked }))
export const sendOff = (id: string, trip: string, key: string): Promise<TripBoard> =>
    body(api.POST('/api/v1/depots/{id}/trips/{trip}/depart', { params: { path: { id, trip }, header: header(key) } }))
export const closeTrip = (id: string, trip: string, key: string): Promise<TripBoard> =>
    body(api.POST('/api/v1/depots/{id}/trips/{trip}/close', { params: { path: { id, trip }, header: header(key) } }))
