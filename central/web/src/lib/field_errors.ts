// What central says about single fields of a form (`recipient.name`, `parcels[0].code`), found by their path with slashes.
import type { Refused } from '../api/client'
import type { Problem } from '../api/types'
import type { Key } from '../i18n/ru'

type Code = NonNullable<Problem['fields']>[number]['code']

const words: Partial<Record<Code, Key>> = {
    required: 'error.required',
    too_short: 'error.required',
    too_long: 'error.too_long',
    taken: 'error.taken',
    unknown: 'error.unknown_one',
    out_of_range: 'error.out_of_range',
    full: 'order.full',
}

const plain = (path: string) => path.replace(/\[(\d+)\]/g, '/$1').replaceAll('.', '/')

export function fieldErrors(refused: Refused | null): Record<string, Key> {
    const fields = refused?.problem?.fields ?? []
    return Object.fromEntries(fields.map(({ field, code }) => [plain(field), words[code] ?? 'error.field']))
}

/** Focuses the first field that is marked wrong, once the page shows it. */
export function focusWrong(form: HTMLElement): void {
    requestAnimationFrame(() => form.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus())
}
