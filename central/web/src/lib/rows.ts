// Which rows of a long list are in sight, with a few more on both sides.

export function visibleRows(count: number, rowHeight: number, top: number, height: number): { first: number; end: number } {
    const extra = 6
    const first = Math.max(0, Math.min(count, Math.floor(top / rowHeight) - extra))
    const end = Math.min(count, Math.ceil((top + height) / rowHeight) + extra)
    return { first, end: Math.max(first, end) }
}
