// Sending a partner's file: what it would do, and the import itself. A file goes as it is: central finds out its charset.
import { api, body } from '../../api/client'
import type { Registry, RegistryReport } from '../../api/types'

export interface Whose {
    sender: string
    site: string
    outerNumber: string
}

export const mostBytes = 10 * 1024 * 1024

const queryOf = ({ sender, site, outerNumber }: Whose) => ({
    sender: sender.trim(),
    site,
    ...(outerNumber.trim() && { outer_number: outerNumber.trim() }),
})

const asFile = { headers: { 'Content-Type': 'text/csv' }, bodySerializer: (file: unknown) => file as BodyInit } as const
const fileBody = (file: File) => file.slice(0, file.size, 'text/csv') as unknown as string

export function preview(file: File, whose: Whose): Promise<RegistryReport> {
    return body(api.POST('/api/v1/registries/preview', { params: { query: queryOf(whose) }, body: fileBody(file), ...asFile }))
}

export function begin(file: File, whose: Whose, key: string): Promise<Registry> {
    const params = { query: queryOf(whose), header: { 'Idempotency-Key': key } }
    return body(api.POST('/api/v1/registries', { params, body: fileBody(file), ...asFile }))
}

export function registryOf(id: string): Promise<Registry> {
    return body(api.GET('/api/v1/registries/{id}', { params: { path: { id } } }))
}
