// Which rows of a list are selected, as lists on a desktop do it. Pure.

export interface Selection {
    readonly chosen: ReadonlySet<string>
    readonly anchor: string | null // where a range begins
}

export const nothingSelected: Selection = { chosen: new Set(), anchor: null }

export type SelectHow = 'only' | 'toggle' | 'range'

/** `ids`: the rows that can be selected, in the order shown. */
export function select(selection: Selection, ids: readonly string[], id: string, how: SelectHow): Selection {
    if (!ids.includes(id)) return selection
    if (how === 'toggle') {
        const chosen = new Set(selection.chosen)
        if (!chosen.delete(id)) chosen.add(id)
        return { chosen, anchor: id }
    }
    const begin = selection.anchor === null ? -1 : ids.indexOf(selection.anchor)
    if (how === 'only' || begin < 0) return { chosen: new Set([id]), anchor: id }
    const end = ids.indexOf(id)
    return { chosen: new Set(ids.slice(Math.min(begin, end), Math.max(begin, end) + 1)), anchor: selection.anchor }
}

/** Without the rows that are no longer there. */
export function keepOnly(selection: Selection, ids: readonly string[]): Selection {
    const known = new Set(ids)
    const chosen = new Set([...selection.chosen].filter((id) => known.has(id)))
    if (chosen.size === selection.chosen.size) return selection
    return { chosen, anchor: selection.anchor !== null && known.has(selection.anchor) ? selection.anchor : null }
}

export function howOf(event: Pick<MouseEvent, 'shiftKey' | 'ctrlKey' | 'metaKey'>): SelectHow {
    if (event.shiftKey) return 'range'
    return event.ctrlKey || event.metaKey ? 'toggle' : 'only'
}
