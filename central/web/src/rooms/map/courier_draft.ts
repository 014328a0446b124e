// A courier as he is typed, and what is sent of him. Pure.
import type { Courier } from '../../api/types'
import type { Key } from '../../i18n/ru'
import { phoneOf } from '../../lib/amounts'

export interface CourierDraft {
    name: string
    code: string
    phone: string
    site: string // where he works; empty: he drives
    device: string // empty: none
}

export const courierDraft = (courier: Courier | null): CourierDraft => ({
    name: courier?.name ?? '',
    code: courier?.code ?? '',
    phone: courier?.phone ?? '',
    site: courier?.site?.id ?? '',
    device: courier?.device?.id ?? '',
})

/** A phone that is kept as it was is not looked at. */
export function courierFaults(draft: CourierDraft, before: CourierDraft): Record<string, Key> {
    const faults: Record<string, Key> = {}
    if (draft.name.trim() === '') faults['name'] = 'error.required'
    if (draft.code.trim() === '') faults['code'] = 'error.required'
    else if (!/^[A-Za-z0-9-]{1,12}$/.test(draft.code.trim())) faults['code'] = 'error.code'
    if (draft.phone.trim() && draft.phone !== before.phone && phoneOf(draft.phone) === null) faults['phone'] = 'error.phone'
    return faults
}

/** All but the device, which is bound by a request of its own. */
export const courierData = ({ name, code, phone, site }: CourierDraft) => ({
    name: name.trim(),
    code: code.trim().toUpperCase(),
    phone: phone.trim() === '' ? null : (phoneOf(phone) ?? phone),
    site: site || null,
})
