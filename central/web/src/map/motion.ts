// Where a pin is drawn between two fixes. Honest by construction: it only ever glides towards the newest known place,
// never past it (nothing is extrapolated, so nothing has to be taken back), and a fix older than the one shown is
// ignored: late history fills the track, it does not move the pin.
import { mix, type Point } from './geo'

export interface Place {
    at: Point
    fixMs: number // time of the fix on the device
}

const longestGlideMs = 1_500
const longestGapMs = 15_000 // after a longer hole nobody knows the way between: the pin jumps

export class Motion {
    private from: Point
    private startMs = 0
    private lengthMs = 0

    constructor(private to: Place) {
        this.from = to.at
    }

    /** Takes a fix that arrived at `nowMs`; false when it is not newer than the one shown. */
    accept(place: Place, nowMs: number): boolean {
        if (place.fixMs <= this.to.fixMs) return false
        const gap = place.fixMs - this.to.fixMs
        this.from = gap > longestGapMs ? place.at : this.at(nowMs)
        this.lengthMs = gap > longestGapMs ? 0 : Math.min(longestGlideMs, gap)
        this.startMs = nowMs
        this.to = place
        return true
    }

    at(nowMs: number): Point {
        const share = this.lengthMs > 0 ? (nowMs - this.startMs) / this.lengthMs : 1
        return share >= 1 ? this.to.at : mix(this.from, this.to.at, Math.max(0, share))
    }

    isMoving(nowMs: number): boolean {
        return nowMs < this.startMs + this.lengthMs
    }

    get newest(): Place {
        return this.to
    }
}
