// Which scans are new to this page. Pure.
import type { Scan } from '../api/types'

type Mark = Pick<Scan, 'n' | 'at_ms'>

/** A program that was restarted counts from 1 again. */
export function isNewer(scan: Mark, last: Mark): boolean {
    return scan.n > last.n || (scan.n < last.n && scan.at_ms > last.at_ms)
}

/** How many scans this page has not seen between two that it has. */
export const between = (scan: Mark, last: Mark) => Math.max(0, scan.n - last.n - 1)
