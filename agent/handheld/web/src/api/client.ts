// The one way to the agent. A refusal is Refused, whatever happened; what is not answered is not saved as far as this
// page knows.
import type { Again, Look, Mode, MoneyWay, Position, Proof, Scan, Shown, State, Streets } from './types'

/** The agent said no (status, kind and detail of problem+json), or did not answer (status 0). */
export class Refused extends Error {
    constructor(
        readonly status: number,
        readonly kind: string,
        readonly detail: string,
    ) {
        super(detail || `HTTP ${status}`)
    }
    get isUnanswered(): boolean {
        return this.status === 0
    }
}

export const readWithinMs = 4_000
const saveWithinMs = 20_000 // a slow card, and a photo of some MiB

export async function ask(path: string, init: RequestInit, withinMs: number): Promise<unknown> {
    let answer: Response
    let body: unknown
    try {
        answer = await fetch(path, { ...init, cache: 'no-store', signal: AbortSignal.timeout(withinMs) })
        body = await answer.json().catch(() => null)
    } catch {
        throw new Refused(0, 'unanswered', '')
    }
    if (answer.ok) return body
    const problem = (body ?? {}) as { kind?: unknown; detail?: unknown }
    throw new Refused(answer.status, String(problem.kind ?? ''), String(problem.detail ?? ''))
}

export function post(path: string, body: unknown = {}): Promise<unknown> {
    return ask(path, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }, saveWithinMs)
}

const mostAtOnce = 100 // the agent takes no more parcels in one request

export const agent = {
    async state(): Promise<State> {
        const state = (await ask('/api/state', {}, readWithinMs)) as State | null
        if (state === null) throw new Refused(0, 'unanswered', '') // it had begun, and was cut off
        return state
    },
    position: () => ask('/api/position', {}, readWithinMs) as Promise<Position>,
    streets: () => ask('/api/map', {}, readWithinMs) as Promise<Streets | null>,
    givePin: (pin: string) => post('/api/sign-in/pin', { pin }),
    startShift: () => post('/api/shift/start'),
    endShift: () => post('/api/shift/end'),
    startBreak: () => post('/api/break/start'),
    endBreak: () => post('/api/break/end'),
    setMode: (mode: Mode) => post('/api/mode', { mode }),
    async scan(code: string): Promise<Scan | null> {
        const answer = (await post('/api/scan', { code })) as (Scan & { scan?: Scan }) | null
        const scan = answer?.scan ?? answer
        return typeof scan?.n === 'number' ? scan : null
    },
    take: (parcels: string[]) => post('/api/parcels/take', { parcels }),
    checkCode: (order: string, code: string) => post('/api/code', { order, code }),
    deliver: (parcels: string[], proofs: Proof[]) => post('/api/parcels/deliver', { parcels, proofs }),
    fail: (parcels: string[], how: { reason: string; calls: number; photos: string[]; again: Again | null }) => post('/api/parcels/fail', { parcels, reason: how.reason, calls: how.calls, photos: how.photos, ...(how.again && { again_from_ms: how.again.from_ms, again_to_ms: how.again.to_ms }) }),
    async handBack(parcels: string[], site: string): Promise<void> {
        for (let at = 0; at < parcels.length; at += mostAtOnce) await post('/api/parcels/return', { parcels: parcels.slice(at, at + mostAtOnce), site })
    },
    async undo(parcels: string[]): Promise<void> {
        for (let at = 0; at < parcels.length; at += mostAtOnce) await post('/api/parcels/undo', { parcels: parcels.slice(at, at + mostAtOnce) })
    },
    takeMoney: (order: string, minor: number, currency: string, way: MoneyWay) => post('/api/money', { order, minor, currency, way }),
    undoMoney: (order: string) => post('/api/money/undo', { order }),
    invite: () => post('/api/transfer/invite') as Promise<Shown>,
    give: (parcels: string[]) => post('/api/transfer/give', { parcels }),
    goods: (order: string) => ask(`/api/transfer/goods?order=${order}`, {}, readWithinMs) as Promise<Shown>,
    looks: () => ask('/api/access', {}, readWithinMs) as Promise<{ looks: Look[] }>,
    say: (text: string) => post('/api/chat', { text }),
    readChat: () => post('/api/chat/read'),
    async keep(blob: Blob): Promise<string> {
        const answer = (await ask('/api/blobs', { method: 'POST', headers: { 'Content-Type': blob.type }, body: blob }, saveWithinMs)) as { sha256: string }
        return answer.sha256
    },
}
