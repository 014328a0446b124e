// The floor's requests as the modes of the room need them: typed, thrown as Refused.
import { api, body } from '../../api/client'
import type { ClosedCount, CourierLoad, FloorRegistry, HandoutBoard, IntakeBoard, ReturnBoard, ReturnCount, Scanned } from '../../api/types'
import type { Asked } from './scan_desk.svelte'

const header = (key: string) => ({ 'Idempotency-Key': key })

export const registriesOf = async (id: string): Promise<FloorRegistry[]> =>
    (await body(api.GET('/api/v1/depots/{id}/registries', { params: { path: { id } } }))).items
export const intakeOf = (id: string, registry: string): Promise<IntakeBoard> =>
    body(api.GET('/api/v1/depots/{id}/registries/{registry}', { params: { path: { id, registry } } }))
export const closeRegistry = (id: string, registry: string, key: string): Promise<IntakeBoard> =>
    body(api.POST('/api/v1/depots/{id}/registries/{registry}/close', { params: { path: { id, registry }, header: header(key) } }))
export const reopenRegistry = (id: string, registry: string, reason: string, key: string): Promise<IntakeBoard> =>
    body(api.POST('/api/v1/depots/{id}/registries/{registry}/reopen', { params: { path: { id, registry }, header: header(key) }, body: { reason } }))
export const scanIn = (id: string, registry: string | null, asked: Asked, key: string): Promise<Scanned> =>
    body(api.POST('/api/v1/depots/{id}/intake/scan', { params: { path: { id }, header: header(key) }, body: { code: asked.code, registry, ...(asked.parcel !== undefined && { parcel: asked.parcel }), ...(asked.confirmed && { confirmed: true }) } }))
export const noteDamage = (id: string, what: { parcel?: string; extra?: string }, registry: string | null, note: string, key: string): Promise<Scanned> =>
    body(api.POST('/api/v1/depots/{id}/intake/damage', { params: { path: { id }, header: header(key) }, body: { ...what, registry, note } }))

export const loadsOf = async (id: string): Promise<CourierLoad[]> =>
    (await body(api.GET('/api/v1/depots/{id}/couriers', { params: { path: { id } } }))).items
export const handoutOf = (id: string, courier: string): Promise<HandoutBoard> =>
    body(api.GET('/api/v1/depots/{id}/couriers/{courier}/handout', { params: { path: { id, courier } } }))
export const scanOut = (id: string, courier: string, asked: Asked, key: string): Promise<Scanned> =>
    body(api.POST('/api/v1/depots/{id}/couriers/{courier}/handout/scan', { params: { path: { id, courier }, header: header(key) }, body: asked }))

export const returnOf = (id: string, courier: string): Promise<ReturnBoard> =>
    body(api.GET('/api/v1/depots/{id}/couriers/{courier}/return', { params: { path: { id, courier } } }))
export const scanBack = (id: string, courier: string, asked: Asked, key: string): Promise<Scanned> =>
    body(api.POST('/api/v1/depots/{id}/couriers/{courier}/return/scan', { params: { path: { id, courier }, header: header(key) }, body: asked }))
export const closeReturn = (id: string, courier: string, reason: string | null, key: string): Promise<ClosedCount> =>
    body(api.POST('/api/v1/depots/{id}/couriers/{courier}/return/close', { params: { path: { id, courier }, header: header(key) }, body: { reason } }))
export const countsOf = (id: string, cursor: string | null): Promise<{ items: ReturnCount[]; next: string | null }> =>
    body(api.GET('/api/v1/depots/{id}/counts', { params: { path: { id }, query: { limit: 20, ...(cursor !== null && { cursor }) } } }))
export const countOf = (id: string, count: string): Promise<ClosedCount> =>
    body(api.GET('/api/v1/depots/{id}/counts/{count}', { params: { path: { id, count } } }))
export const undoScan = (id: string, what: { parcel: string; event: string } | { extra: string } | { bag: string; scan: number }, key: string, registry: string | null = null, reason: string | null = null): Promise<Scanned> =>
    body(api.POST('/api/v1/depots/{id}/undo', { params: { path: { id }, header: header(key) }, body: { ...what, registry, reason } }))
