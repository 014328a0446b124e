// A colleague as he is typed, and what is sent of him. Pure.
import type { Role, Staff } from '../../api/types'
import type { Key } from '../../i18n/ru'

export interface StaffDraft {
    name: string
    login: string // of a new one; a known one keeps his
    roles: Role[]
}

export const staffDraft = (staff: Staff | null): StaffDraft => ({
    name: staff?.name ?? '',
    login: staff?.login ?? '',
    roles: [...(staff?.roles ?? (['dispatcher'] as const))],
})

export function staffFaults(draft: StaffDraft): Record<string, Key> {
    const faults: Record<string, Key> = {}
    if (draft.name.trim() === '') faults['name'] = 'error.required'
    if (draft.login.trim() === '') faults['login'] = 'error.required'
    else if (!/^[A-Za-z0-9._@-]{3,64}$/.test(draft.login.trim())) faults['login'] = 'error.login'
    if (draft.roles.length === 0) faults['roles'] = 'error.required'
    return faults
}

export const staffNew = ({ name, login, roles }: StaffDraft) => ({ name: name.trim(), login: login.trim().toLowerCase(), roles })
export const staffEdit = ({ name, roles }: StaffDraft) => ({ name: name.trim(), roles })
