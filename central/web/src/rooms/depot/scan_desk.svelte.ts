// The scans of one desk: each is sent once and in its turn, however fast they come; the last ones can be taken back.
import { newKey, Refused } from '../../api/client'
import type { Scanned } from '../../api/types'
import { againMs, freelyUndoneMs, longestCode, remembered, scannedCode } from './floor'
import { undoScan } from './floor_api'
import { play } from './sounds'

export interface Asked {
    code: string
    parcel?: string // chosen among several
    confirmed?: boolean
}
export interface Line {
    id: string // also its Idempotency-Key
    atMs: number
    asked: Asked
    scanned: Scanned | null // null: no answer (yet)
    failed: boolean // central could not be reached, or refused the request
    reason: string // why it refused
    undone: boolean
    answered: boolean // a question that was answered by another line
}
interface Deed {
    site: string
    registry?: () => string | null
    send: (asked: Asked, key: string) => Promise<Scanned>
    took: (scanned: Scanned, asked: Asked) => void
    changed: () => void // something was taken back: read anew
}

/** What a scan has done that can be taken back. */
function told({ event, parcel, extra, word, bag }: Scanned): Parameters<typeof undoScan>[1] | null {
    if (event !== null && parcel) return { parcel: parcel.id, event }
    if (bag?.scan != null) return { bag: bag.id, scan: bag.scan }
    return extra !== null && word === 'unknown' ? { extra } : null
}

const mostLines = 40
const keptForMs = 12 * 3_600_000

export class ScanDesk {
    lines = $state.raw<Line[]>([]) // newest first
    again = $state<string | null>(null) // the code that came twice
    tooLong = $state(false)
    private queue: Line[] = []
    private running = false
    private last = { code: '', atMs: 0 }

    constructor(
        private place: string, // under which the tab remembers its lines
        private deed: Deed,
    ) {
        this.lines = this.recall()
    }

    get newest(): Line | null {
        return this.lines[0] ?? null
    }
    /** The question on the screen, if the last scan is one. */
    get question(): Line | null {
        const line = this.newest
        return line?.scanned?.tone === 'ask' && !line.answered ? line : null
    }

    scan(text: string): void {
        const code = scannedCode(text)
        this.again = null
        this.tooLong = code.length > longestCode
        if (this.tooLong) return this.sound('refused')
        if (code === '') {
            // Enter alone says yes
            if (this.question && this.question.scanned?.word !== 'which') this.confirm(this.question)
            return
        }
        const now = Date.now()
        const isAgain = code === this.last.code && now - this.last.atMs < againMs && !this.wasRefused(code)
        this.last = { code, atMs: now }
        if (isAgain) this.again = code
        else this.add({ code })
    }

    confirm(line: Line, parcel?: string): void {
        this.put({ ...line, answered: true })
        const known = line.asked.parcel ?? parcel
        this.add({ code: line.asked.code, confirmed: line.scanned?.word !== 'which', ...(known !== undefined && { parcel: known }) })
    }

    /** The same request again, under its own key: what had been done is not done twice. */
    retry(line: Line): void {
        this.put({ ...line, failed: false, reason: '' })
        this.queue.push(this.lines.find((one) => one.id === line.id) ?? line)
        void this.run()
    }

    mayUndo(line: Line): boolean {
        return !line.undone && !!line.scanned && told(line.scanned) !== null
    }
    isOld = (line: Line) => Date.now() - line.atMs > freelyUndoneMs

    async undo(line: Line, reason: string | null): Promise<void> {
        const what = line.scanned && told(line.scanned)
        if (!what) return
        const registry = this.deed.registry?.() ?? null
        await undoScan(this.deed.site, what, newKey(), registry, reason)
        this.put({ ...line, undone: true })
        this.last = { code: '', atMs: 0 }
        this.deed.changed()
    }

    /** What came to nothing may be tried again at once. */
    private wasRefused(code: string): boolean {
        const line = this.lines.find((one) => one.asked.code === code)
        return !!line && (line.failed || line.undone || line.scanned?.tone === 'refused')
    }

    private add(asked: Asked): void {
        const line = { id: newKey(), atMs: Date.now(), asked, scanned: null, failed: false, reason: '', undone: false, answered: false }
        this.lines = [line, ...this.lines].slice(0, mostLines)
        this.queue.push(line)
        void this.run()
    }

    private async run(): Promise<void> {
        if (this.running) return
        this.running = true
        for (let line = this.queue.shift(); line; line = this.queue.shift()) await this.send(line)
        this.running = false
    }

    private async send(line: Line): Promise<void> {
        try {
            const scanned = await this.deed.send(line.asked, line.id)
            this.put({ ...line, scanned })
            this.sound(scanned.tone)
            this.deed.took(scanned, line.asked)
        } catch (error) {
            if (!(error instanceof Refused)) throw error
            this.put({ ...line, failed: true, reason: error.kind === 'unreachable' ? '' : error.message })
            this.sound('refused')
        }
    }

    private sound(tone: Scanned['tone']): void {
        if (!remembered().muted) play(tone)
    }

    private put(line: Line): void {
        this.lines = this.lines.map((one) => (one.id === line.id ? line : one))
        try {
            sessionStorage.setItem(`plus7.scans.${this.place}`, JSON.stringify(this.lines))
        } catch {
            // they are gone with a reload then
        }
    }

    private recall(): Line[] {
        try {
            const kept = JSON.parse(sessionStorage.getItem(`plus7.scans.${this.place}`) ?? '[]') as Line[]
            return kept.filter((line) => Date.now() - line.atMs < keptForMs && (line.scanned || line.failed))
        } catch {
            return []
        }
    }
}
