// How long what was done can be taken back. Pure.

/** Whole minutes in which an act can still be taken back; 0: too late. */
export function undoMinutes(act: { undo_until_ms: number } | null, nowMs: number): number {
    return act ? Math.max(0, Math.ceil((act.undo_until_ms - nowMs) / 60_000)) : 0
}
