// A site as it is typed, and what is sent of it. Pure.
import type { components } from '../../api.d'
import type { Site, SiteKind } from '../../api/types'
import type { Key } from '../../i18n/ru'
import { changed } from '../../lib/edits'
import { placeOf, textOfPlace, type PlaceText } from '../../lib/places'

type SiteNew = components['schemas']['SiteNew']
type SiteEdit = components['schemas']['SiteEdit']

export interface SiteDraft {
    kind: SiteKind
    name: string
    address: string
    place: PlaceText
    hours: string
    days: string
    zone: string
}

export function siteDraft(site: Site | null, zone: string): SiteDraft {
    if (!site) return { kind: 'depot', name: '', address: '', place: textOfPlace(null), hours: '', days: '7', zone }
    const { kind, name, address, hours } = site
    return { kind, name, address, place: textOfPlace(site.place), hours: hours ?? '', days: String(site.storage_days), zone: site.time_zone }
}

export function siteFaults(draft: SiteDraft): Record<string, Key> {
    const faults: Record<string, Key> = {}
    const needs = { name: draft.name, address: draft.address, time_zone: draft.zone }
    for (const [path, text] of Object.entries(needs)) if (text.trim() === '') faults[path] = 'error.required'
    if (placeOf(draft.place) === undefined) faults['place'] = 'error.place'
    const days = /^\d{1,2}$/.test(draft.days.trim()) ? Number(draft.days) : 0
    if (days < 1 || days > 60) faults['storage_days'] = 'error.out_of_range'
    return faults
}

export function siteNew(draft: SiteDraft): SiteNew {
    return {
        kind: draft.kind,
        name: draft.name.trim(),
        address: draft.address.trim(),
        place: placeOf(draft.place) ?? null,
        hours: draft.hours.trim() || null,
        storage_days: Number(draft.days),
        time_zone: draft.zone.trim(),
    }
}

/** Only what was changed; the kind of a site, which the form does not offer, stays. */
export const siteEdit = (draft: SiteDraft, before: Site): SiteEdit => changed(siteNew(draft), siteNew(siteDraft(before, '')))
