// What of this day has reached central, as one sentence's parts. Pure.
import type { Status } from '../api/types'

export type SyncState =
    | { is: 'sent' }
    | { is: 'waiting'; n: number; oldestMs: number | null }
    | { is: 'away'; n: number; sinceMs: number | null }
    | { is: 'held' }

/** How long a lost connection is not worth a word: it is made anew all the time on the road. */
const graceMs = 20_000

/** `linkMs`: when central was last reached, as far as this page knows. */
export function syncState(status: Status, nowMs: number, linkMs: number | null): SyncState {
    const n = status.unacked.fact + status.unacked.blob
    const isUp = status.connection === 'running' || status.connection === 'held'
    const isFresh = linkMs !== null && nowMs - linkMs < graceMs
    if (!isUp && !isFresh) return { is: 'away', n, sinceMs: linkMs }
    if (status.connection === 'held') return { is: 'held' }
    if (n === 0) return { is: 'sent' }
    const { oldest_s } = status.unacked
    return { is: 'waiting', n, oldestMs: oldest_s === null ? null : oldest_s * 1_000 }
}

export type Trouble = 'gps_none' | 'gps_lost' | 'battery' | 'storage' | 'scanner'

const lowBattery = 20 // percent

/** What is wrong with this device and concerns the courier; nothing is said while all is well. */
export function troublesOf(status: Status): Trouble[] {
    const troubles: Trouble[] = []
    const isOut = status.gps.fitted && !status.site // who works at a place is indoors, where nobody asks where he is
    if (isOut && !status.gps.gpsd) troubles.push('gps_none')
    else if (isOut && (status.gps.lost || status.gps.age_s === null)) troubles.push('gps_lost')
    if (status.battery && status.battery.percent <= lowBattery && !status.battery.charging) troubles.push('battery')
    if (status.storage.step > 0) troubles.push('storage')
    if (status.scanner === false) troubles.push('scanner')
    return troubles
}
