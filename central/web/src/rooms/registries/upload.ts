// Sending a partner's file: what it would do, and the import itself. A file goes as it is: central finds out its charset.
import { api, body, Refused } from '../../api/client'
import type { LineFault, Registry, RegistryReport } from '../../api/types'
import type { Key } from '../../i18n/ru'
import { ru } from '../../i18n/ru'

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

/** `orders-17.csv` → `orders-17`, as the partner's number when he gives no other. */
export const numberOf = (file: string): string => file.replace(/\.[^.]{1,5}$/, '').trim().slice(0, 64)

interface Word {
    key: Key
    column: Key | null
    about: string
}

/** The text of a fault: a column (or the line as a whole) and what is wrong with it. */
export function wordOf({ field, code, about }: Pick<LineFault, 'field' | 'code' | 'about'>): Word {
    const key = `fault.${code}`
    const column = `column.${field}`
    return { key: key in ru ? (key as Key) : 'error.field', column: column in ru ? (column as Key) : null, about }
}

/** Why a file is not read at all: a text, and the columns that it is about. */
export function refusalOf(error: unknown): { key: Key; columns: Key[]; detail: string } | null {
    const fields = error instanceof Refused ? (error.problem?.fields ?? []) : []
    const own = fields.filter(({ field }) => field === 'file' || field.startsWith('file.'))
    const first = own[0]
    if (!first) return null
    const columns = own.filter(({ code, field }) => code === first.code && field !== 'file').map(({ field }) => `column.${field.slice(5)}` as Key)
    const key = `file.${columns.length > 0 ? 'column.' : ''}${first.code}`
    return { key: key in ru ? (key as Key) : 'error.field', columns, detail: first.detail ?? '' }
}
