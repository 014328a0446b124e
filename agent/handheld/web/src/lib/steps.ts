// What has to be done at the door before parcels are handed over, one after the other. Pure.
import type { ProofKind, Reason, Task } from '../api/types'

export type Step = ProofKind

const steps: readonly ProofKind[] = ['code', 'signature', 'photo', 'document']

/** The code first: without it nothing else is needed. One that was right already is not asked for again. */
export function stepsOf(task: Pick<Task, 'proof' | 'code'>): Step[] {
    return steps.filter((kind) => task.proof.includes(kind) && !(kind === 'code' && task.code.known))
}

/** What still is missing before the attempt may be told as failed. */
export function missingFor(reason: Reason, calls: number, photos: number): { calls: number; photo: boolean } {
    return { calls: Math.max(0, reason.calls - calls), photo: reason.photo && photos === 0 }
}
