// A tariff as it is typed, all text, and what is sent of it. Paths of fields are as central names them. Pure.
import type { ProofKind, Size, Tariff, TariffNew, Zone } from '../../api/types'
import type { Key } from '../../i18n/ru'
import { gramsOf } from '../../lib/amounts'
import { feeOf, minuteOf, pointsOf, textOfFee, textOfGrams, textOfMinute, wholeOf } from '../../lib/fees'

export const sizes: readonly Size[] = ['s', 'm', 'l', 'xl']

export interface TariffDraft {
    name: string
    currency: string
    from: string // of the local clock, as the browser's field gives it
    base: string
    outside: string
    minimum: string
    freeFrom: string
    zones: Record<string, string>
    weights: { key: number; upTo: string; fee: string }[]
    extraKg: string
    sizes: Record<Size, string>
    short: string
    shortFee: string
    late: string
    lateFee: string
    percent: string
    cashLeast: string
    proof: ProofKind[]
}

/** The next version begins as the one before; the moment it begins is new. */
export function tariffDraft(like: Tariff | null, zones: Zone[], from: string): TariffDraft {
    const own = (id: string) => like?.zones.find(({ zone }) => zone === id)
    const sized = (size: Size) => textOfFee(like?.sizes.find((one) => one.size === size)?.minor ?? 0)
    const zero = (minor: number | null | undefined) => (minor === 0 ? '0' : textOfFee(minor ?? 0))
    return {
        name: like?.name ?? '',
        currency: like?.currency ?? 'RUB',
        from,
        base: zero(like?.base_minor),
        outside: zero(like?.outside_minor),
        minimum: textOfFee(like?.minimum_minor ?? 0),
        freeFrom: textOfFee(like?.free_from_minor ?? 0),
        zones: Object.fromEntries(zones.map(({ id }) => [id, zero(own(id)?.minor)])),
        weights: (like?.weights ?? []).map(({ up_to_g, minor }, key) => ({ key, upTo: textOfGrams(up_to_g), fee: zero(minor) })),
        extraKg: textOfFee(like?.extra_kg_minor ?? 0),
        sizes: { s: sized('s'), m: sized('m'), l: sized('l'), xl: sized('xl') },
        short: like?.short_minutes ? String(like.short_minutes) : '',
        shortFee: textOfFee(like?.short_minor ?? 0),
        late: like?.late_minor ? textOfMinute(like.late_minute) : '',
        lateFee: textOfFee(like?.late_minor ?? 0),
        percent: textOfFee(like?.cash_bp ?? 0),
        cashLeast: textOfFee(like?.cash_least_minor ?? 0),
        proof: [...(like?.proof ?? (['code'] as const))],
    }
}

export function tariffFaults(draft: TariffDraft): Record<string, Key> {
    const faults: Record<string, Key> = {}
    if (draft.name.trim() === '') faults['name'] = 'error.required'
    if (!/^[A-Z]{3}$/.test(draft.currency)) faults['currency'] = 'error.field'
    if (Number.isNaN(new Date(draft.from).getTime())) faults['valid_from_ms'] = 'error.required'
    if (draft.base.trim() === '') faults['base_minor'] = 'error.required'
    const fees = {
        base_minor: draft.base, outside_minor: draft.outside, minimum_minor: draft.minimum, free_from_minor: draft.freeFrom,
        extra_kg_minor: draft.extraKg, short_minor: draft.shortFee, late_minor: draft.lateFee, cash_least_minor: draft.cashLeast,
        ...Object.fromEntries(sizes.map((size) => [`sizes/${size}`, draft.sizes[size]])),
        ...Object.fromEntries(Object.entries(draft.zones).map(([id, fee]) => [`zones/${id}`, fee])),
    }
    for (const [path, text] of Object.entries(fees)) if (feeOf(text) === null) faults[path] = 'error.fee'
    if (draft.short.trim() && wholeOf(draft.short, 1440) === null) faults['short_minutes'] = 'error.whole'
    if (draft.late.trim() && minuteOf(draft.late) === null) faults['late_minute'] = 'error.time'
    if (pointsOf(draft.percent) === null) faults['cash_bp'] = 'error.percent'
    let [last, lastFee] = [0, 0]
    draft.weights.forEach(({ upTo, fee }, i) => {
        const [grams, minor] = [gramsOf(upTo), feeOf(fee)]
        if (grams === null || minor === null || grams <= last || minor < lastFee) faults[`weights/${i}`] = 'error.steps'
        ;[last, lastFee] = [grams ?? last, minor ?? lastFee]
    })
    return faults
}

export function tariffNew(draft: TariffDraft): TariffNew {
    const fee = (text: string) => feeOf(text) ?? 0
    const orNull = (text: string) => (text.trim() === '' ? null : feeOf(text))
    return {
        name: draft.name.trim(),
        currency: draft.currency,
        valid_from_ms: new Date(draft.from).getTime(),
        base_minor: fee(draft.base),
        outside_minor: orNull(draft.outside),
        minimum_minor: fee(draft.minimum),
        free_from_minor: orNull(draft.freeFrom) || null,
        zones: Object.entries(draft.zones).filter(([, text]) => text.trim()).map(([zone, text]) => ({ zone, minor: fee(text) })),
        weights: draft.weights.map(({ upTo, fee: text }) => ({ up_to_g: gramsOf(upTo) ?? 0, minor: fee(text) })),
        extra_kg_minor: fee(draft.extraKg),
        sizes: sizes.filter((size) => draft.sizes[size].trim()).map((size) => ({ size, minor: fee(draft.sizes[size]) })),
        short_minutes: Number(draft.short.trim() || 0),
        short_minor: fee(draft.shortFee),
        late_minute: minuteOf(draft.late) ?? 0,
        late_minor: fee(draft.lateFee),
        cash_bp: pointsOf(draft.percent) ?? 0,
        cash_least_minor: fee(draft.cashLeast),
        proof: [...draft.proof],
    }
}
