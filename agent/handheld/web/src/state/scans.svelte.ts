// Scanned codes, wherever they came from: the device's own scanner (told in the state), or one that types like a
// keyboard (sent from here). Each is told once to the screen that is open.
import { agent } from '../api/client'
import type { Mode, Scan, State } from '../api/types'
import { between, isNewer } from '../lib/scan_order'
import { desk } from './desk.svelte'
import { notices } from './notice.svelte'

const againMs = 1_000
const isBadge = (code: string) => code.startsWith('P7B')

export type Hearer = (scan: Scan, unseen: number) => void

class Scans {
    private last: Pick<Scan, 'n' | 'at_ms'> | null = null
    private hearers: Hearer[] = []
    private handHearer: (scan: Scan) => void = () => undefined
    private sending: Promise<unknown> = Promise.resolve()
    private isSetting = false
    private wanted: Mode = 'look'

    constructor() {
        desk.whenRead((state) => this.read(state))
    }

    /** The newest hearer gets the scans; call what it returns to take it away (fits $effect). */
    hear(hearer: Hearer): () => void {
        this.hearers.push(hearer)
        return () => void this.hearers.splice(this.hearers.indexOf(hearer), 1)
    }

    /** Badges and colleagues' codes, which no screen compares with its parcels. */
    hearHands(hearer: (scan: Scan) => void): void {
        this.handHearer = hearer
    }

    send(code: string): Promise<unknown> {
        if (!desk.state?.status.shift && !isBadge(code)) return Promise.resolve()
        const one = async () => {
            try {
                if (desk.state?.status.shift && desk.state.mode !== this.wanted) await agent.setMode(this.wanted)
                const scan = await agent.scan(code)
                await desk.refresh() // first, so that the hearers see what has become of the parcel
                if (scan) this.tell(scan)
            } catch (error) {
                notices.refuse(error)
                await desk.refresh()
            }
        }
        this.sending = this.sending.then(one)
        return this.sending
    }

    /** What a scanned code does; said again until the agent has it, also after its restart. */
    setMode(mode: Mode): void {
        this.wanted = mode
        void this.settleMode()
    }
    private async settleMode(): Promise<void> {
        if (this.isSetting) return
        this.isSetting = true
        while (desk.state?.status.shift && desk.state.mode !== this.wanted) {
            await agent.setMode(this.wanted).catch(() => new Promise((again) => setTimeout(again, againMs)))
            await desk.refresh()
        }
        this.isSetting = false
    }

    private read(state: State): void {
        if (state.scan) this.last ? this.tell(state.scan) : (this.last = state.scan) // what was scanned before this page is old
        else this.last ??= { n: 0, at_ms: 0 }
        void this.settleMode()
    }

    private tell(scan: Scan): void {
        if (this.last && !isNewer(scan, this.last)) return
        const unseen = this.last ? between(scan, this.last) : 0
        this.last = { n: scan.n, at_ms: scan.at_ms }
        if (scan.kind === 'parcel') this.hearers.at(-1)?.(scan, unseen)
        else this.handHearer(scan)
    }
}

export const scans = new Scans()
