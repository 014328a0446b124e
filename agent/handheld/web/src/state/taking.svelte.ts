// What was scanned since the scan-in screen was opened; typing a code belongs to it too.
import type { Scan } from '../api/types'
import { sound } from '../lib/sounds'
import { desk } from './desk.svelte'
import { scans } from './scans.svelte'

const most = 50

export interface Taken {
    scan: Scan
    isMine: boolean // on board after it: "good" alone may have been read before this screen was in force
}

class Taking {
    log = $state.raw<Taken[]>([]) // newest first
    unseen = $state(0)

    /** Hears scans until what it returns is called (fits $effect). */
    begin(): () => void {
        this.log = []
        this.unseen = 0
        return scans.hear((scan, unseen) => {
            const isMine = this.parcelOf(scan)?.on_board ?? false
            this.unseen += unseen
            this.log = [{ scan, isMine }, ...this.log].slice(0, most)
            sound(isMine && scan.why === '' ? 'good' : 'bad')
        })
    }
    forget(n: number): void {
        this.log = this.log.filter(({ scan }) => scan.n !== n)
    }
    parcelOf(scan: Scan) {
        return desk.state?.work.tasks.flatMap(({ parcels }) => parcels).find(({ id }) => id === scan.parcel)
    }
}

export const taking = new Taking()
