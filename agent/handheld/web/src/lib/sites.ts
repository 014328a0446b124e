// The pickup point that the user of this device works at. Pure.
import type { Site, State } from '../api/types'

/** Undefined for a courier who drives; a point that has not been told yet has no name. */
export function siteOf(state: State | null): Site | undefined {
    const id = state?.status.site
    if (!id) return undefined
    return state.work.sites.find((site) => site.id === id) ?? { id, kind: 'point', name: '', address: '', place: null }
}
