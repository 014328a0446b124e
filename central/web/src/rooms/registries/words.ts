// Words for what is wrong with a partner's file and its lines. Pure.
import { Refused } from '../../api/client'
import type { LineFault } from '../../api/types'
import type { Key as CommonKey } from '../../i18n/ru'
import { registries as russian } from '../../i18n/ru/registries'

export type OwnKey = keyof typeof russian
type Key = OwnKey | CommonKey

/** A key made of words of central, which may be newer than this page. */
const isOwn = (key: string): key is OwnKey => key in russian

/** `orders-17.csv` → `orders-17`, as the partner's number when he gives no other. */
export const numberOf = (file: string): string => file.replace(/\.[^.]{1,5}$/, '').trim().slice(0, 64)

interface Word {
    key: Key
    column: OwnKey | null
    about: string
}

/** The text of a fault: a column (or the line as a whole) and what is wrong with it. */
export function wordOf({ field, code, about }: Pick<LineFault, 'field' | 'code' | 'about'>): Word {
    const key = `fault.${code}`
    const column = `column.${field}`
    return { key: isOwn(key) ? key : 'error.field', column: isOwn(column) ? column : null, about }
}

/** Why a file is not read at all: a text, and the columns that it is about. */
export function refusalOf(error: unknown): { key: Key; columns: OwnKey[]; detail: string } | null {
    const fields = error instanceof Refused ? (error.problem?.fields ?? []) : []
    const own = fields.filter(({ field }) => field === 'file' || field.startsWith('file.'))
    const first = own[0]
    if (!first) return null
    const alike = own.filter(({ code, field }) => code === first.code && field !== 'file')
    const columns = alike.map(({ field }) => `column.${field.slice(5)}`).filter(isOwn)
    const key = `file.${columns.length > 0 ? 'column.' : ''}${first.code}`
    return { key: isOwn(key) ? key : 'error.field', columns, detail: first.detail ?? '' }
}
