// What the depot's floor computes: codes as scanners give them, what this browser remembers, lists after a scan. Pure but
// for the memory.
import type { FloorParcel, HandoutBoard, IntakeBoard, ReturnBoard, Scanned } from '../../api/types'
import type { Reading } from '../../lib/reading.svelte'

export const modes = ['intake', 'handout', 'return', 'sort', 'bags', 'trips'] as const
export type Mode = (typeof modes)[number]

/** The longest code that central takes. */
export const longestCode = 200
/** The same code again within this time is the same scan. */
export const againMs = 1_500
/** So long anybody of the floor takes a scan back. */
export const freelyUndoneMs = 600_000

const cyrillic = 'йцукенгшщзхъфывапролджэячсмитьбю'
const latin = "qwertyuiop[]asdfghjkl;'zxcvbnm,."

/** A keyboard scanner presses keys: under a Russian layout "A-10001" arrives as "Ф-10001". */
export function scannedCode(text: string): string {
    const keys = [...text.trim()].map((letter) => {
        const at = cyrillic.indexOf(letter.toLowerCase())
        if (at < 0) return letter
        const key = latin[at] ?? letter
        return letter === letter.toLowerCase() ? key : key.toUpperCase()
    })
    return keys.join('')
}

interface Kept {
    site?: string
    muted?: boolean
}
const storageKey = 'plus7.depot'

export function remembered(): Kept {
    try {
        return JSON.parse(localStorage.getItem(storageKey) ?? '{}') as Kept
    } catch {
        return {}
    }
}
export function remember(change: Kept): void {
    try {
        localStorage.setItem(storageKey, JSON.stringify({ ...remembered(), ...change }))
    } catch {
        // private window: it holds until the page is closed
    }
}

const without = (list: readonly FloorParcel[], parcel: FloorParcel) => list.filter((one) => one.id !== parcel.id)
const withIt = (list: readonly FloorParcel[], parcel: FloorParcel) => [parcel, ...without(list, parcel)]

/** The list of a registry after a scan; null: it has to be read anew. */
export function intakeAfter(board: IntakeBoard, scanned: Scanned, code: string, by: string, nowMs: number): IntakeBoard | null {
    const figures = scanned.figures
    if (!figures || !('expected' in figures)) return board
    const { parcel } = scanned
    const missing = parcel && scanned.event ? without(board.missing, parcel) : board.missing
    const isNew = scanned.extra !== null && scanned.word !== 'unknown_again'
    const extra = { id: scanned.extra ?? '', code, parcel, event: scanned.event, note: null, by, at_ms: nowMs }
    const extras = isNew ? [...board.extras, extra] : board.extras
    // Somebody else scans here too.
    if (missing.length !== figures.missing || extras.length !== figures.extra) return null
    return { ...board, missing, extras, registry: { ...board.registry, figures } }
}

export function handoutAfter(board: HandoutBoard, scanned: Scanned): HandoutBoard | null {
    const { figures, parcel } = scanned
    if (scanned.bag && scanned.bag.moved > 0) return null // many parcels at once
    if (!parcel || !scanned.event || !figures || !('waiting' in figures)) return board
    const waiting = without(board.waiting, parcel)
    const not_here = without(board.not_here, parcel)
    const carried = withIt(board.carried, parcel)
    if (waiting.length !== figures.waiting || carried.length !== figures.carried) return null
    return { ...board, waiting, not_here, carried, figures }
}

export function returnAfter(board: ReturnBoard, scanned: Scanned): ReturnBoard | null {
    const { figures, parcel } = scanned
    if (!parcel || !scanned.event || !figures || !('left' in figures)) return board
    const left = without(board.left, parcel)
    const counted = withIt(board.counted, parcel)
    if (left.length !== figures.left || counted.length !== figures.counted) return null
    return { ...board, left, counted, figures }
}

/** A board after a scan: its answer tells what became of it, or too little, then it is read anew. */
export function follow<T>(board: Reading<T>, after: (now: T) => T | null): void {
    const next = board.value && after(board.value)
    if (next) board.value = next
    else void board.load()
}
