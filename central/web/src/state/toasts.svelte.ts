// Short messages at the bottom: done (with undo for 8 s), or refused with the reason.
import { Refused } from '../api/client'
import { t } from '../i18n/index.svelte'
import { refusalText } from './refusals.svelte'

export interface Toast {
    id: number
    tone: 'ok' | 'bad'
    text: string
    undo?: () => void | Promise<void>
}

class Toasts {
    list = $state<Toast[]>([])
    private next = 1

    /** Its id, for closing it before its time. */
    say(text: string, undo?: Toast['undo']): number {
        return this.add(undo ? { tone: 'ok', text, undo } : { tone: 'ok', text })
    }

    refuse(error: unknown): void {
        this.warn(reasonOf(error))
    }

    warn(text: string): void {
        this.add({ tone: 'bad', text })
    }

    close(id: number): void {
        this.list = this.list.filter((toast) => toast.id !== id)
    }

    private add(toast: Omit<Toast, 'id'>): number {
        const id = this.next++
        this.list = [...this.list.slice(-2), { ...toast, id }]
        setTimeout(() => this.close(id), 8_000)
        return id
    }
}

export const toasts = new Toasts()

/** What to tell a person about a failure. */
export function reasonOf(error: unknown): string {
    if (!(error instanceof Refused)) throw error
    if (error.kind === 'unreachable') return t('error.unreachable')
    if (error.kind === 'stale') return t('error.stale')
    if (error.kind === 'denied') return t('error.denied')
    const detail = error.problem?.detail ?? error.problem?.title
    return detail ? refusalText(detail) : t('error.other')
}
