// Stops of the day: the state of each, and which group of the list it is in. Pure.
import type { Act, Again, Parcel, State, Task } from '../api/types'
import { parcelState, sameDay, type ParcelState } from './parcels'

export type StopState = 'not_taken' | 'on_board' | 'partly' | 'failed' | 'take_back' | 'delivered' | 'returned' | 'cancelled' | 'elsewhere'

export interface Stop {
    task: Task
    number: number // in the list; 0: not in it
    state: StopState
    reason: string // of the newest failed attempt on board
    again: Again | null // that the recipient asked for then, while the order's own time is another one
    states: ParcelState[] // of its parcels, in their order
    onBoard: Parcel[]
}

export interface Day {
    stops: Stop[]
    back: Stop[] // on board, and not to be delivered any more
    done: Stop[]
    gone: Parcel[] // done, and off the list by now
    counts: { onBoard: number; left: number; done: number }
}

export function stopOf(task: Task, nowMs: number, number = 0): Stop {
    const states = task.parcels.map((parcel) => parcelState(parcel, task, nowMs))
    const onBoard = task.parcels.filter((parcel) => parcel.on_board)
    const newest = onBoard.map(({ last }) => last).filter((last) => last?.what === 'attempt_failed')
    const tried = newest.sort((a, b) => (b?.at_ms ?? 0) - (a?.at_ms ?? 0))[0]
    return { task, number, state: stateOf(task, states), reason: tried?.what === 'attempt_failed' ? tried.reason : '', again: againOf(tried ?? null, task), states, onBoard }
}

function againOf(tried: Act | null, task: Task): Again | null {
    if (tried?.what !== 'attempt_failed' || !tried.again_from_ms || !tried.again_to_ms) return null
    if (tried.again_from_ms === task.from_ms && tried.again_to_ms === task.to_ms) return null
    return { from_ms: tried.again_from_ms, to_ms: tried.again_to_ms }
}

function stateOf(task: Task, states: ParcelState[]): StopState {
    const has = (state: ParcelState) => states.includes(state)
    if (has('take_back')) return 'take_back'
    if (has('failed')) return 'failed'
    if (has('on_board')) return has('not_taken') || has('delivered') ? 'partly' : 'on_board'
    if (has('delivered')) return has('not_taken') && !task.cancelled ? 'partly' : 'delivered'
    if (task.cancelled) return has('returned') ? 'returned' : 'cancelled'
    if (has('not_taken')) return 'not_taken'
    return has('returned') ? 'returned' : 'elsewhere'
}

const isOver = (stop: Stop) => ['delivered', 'returned', 'cancelled', 'elsewhere'].includes(stop.state)

export function dayOf(work: State['work'], nowMs: number): Day {
    const day: Day = { stops: [], back: [], done: [], gone: [], counts: { onBoard: 0, left: 0, done: 0 } }
    let number = 0
    for (const task of work.tasks) {
        const stop = stopOf(task, nowMs, task.planned && !task.cancelled ? ++number : 0)
        day.counts.onBoard += stop.onBoard.length
        if (stop.state === 'take_back') day.back.push(stop)
        else if (isOver(stop)) day.done.push(stop)
        else if (task.planned) day.stops.push(stop)
    }
    day.gone = work.done.filter(({ last }) => last && sameDay(last.at_ms, nowMs))
    day.counts.left = day.stops.length
    day.counts.done = day.done.filter(({ state }) => state === 'delivered').length + day.gone.length
    return day
}

/** Parcels of today's list that were not taken yet, with the number of their stop. */
export function missingOf(day: Day): { stop: Stop; parcel: Parcel }[] {
    return day.stops.flatMap((stop) => stop.task.parcels.filter((_, i) => stop.states[i] === 'not_taken').map((parcel) => ({ stop, parcel })))
}

export const isTaskOnBoard = (task: Task) => task.parcels.some((parcel) => parcel.on_board)
