// What has to be done at the door before parcels are handed over, one after the other. Pure.
import type { ProofKind, Reason, Task } from '../api/types'

export type Step = 'signature' | 'photo' | 'document'

// Codes are not checked by this page yet: a step that checks nothing would only pretend.
const steps: readonly ProofKind[] = ['signature', 'photo', 'document']

export function stepsOf(task: Pick<Task, 'proof'>): Step[] {
    return task.proof.filter((kind): kind is Step => steps.includes(kind))
}

/** What still is missing before the attempt may be told as failed. */
export function missingFor(reason: Reason, calls: number, photos: number): { calls: number; photo: boolean } {
    return { calls: Math.max(0, reason.calls - calls), photo: reason.photo && photos === 0 }
}
