// A form while it is filled in: which faults are shown, what central refused, and the key under which it is created.
import { newKey, Refused } from '../api/client'
import { t } from '../i18n/index.svelte'
import type { Key } from '../i18n/ru'
import { fieldErrors, focusWrong } from '../lib/field_errors'
import { reasonOf } from './toasts.svelte'

export class FormState {
    busy = $state(false)
    refused = $state.raw<Refused | null>(null)
    private tried = $state(false)
    private left = $state<string[]>([])
    private typed = $state<string[]>([]) // since central refused
    private said = $derived(fieldErrors(this.refused))
    private key = newKey()
    private sent = ''

    constructor(private faults: () => Record<string, Key>) {}

    /** A field was left: from now on its faults are shown. */
    leave(name: string): void {
        if (!this.left.includes(name)) this.left.push(name)
    }

    /** What central said of a field is of no use once it is typed anew. */
    type(name: string): void {
        if (this.refused && !this.typed.includes(name)) this.typed.push(name)
    }

    errorOf = (path: string): string | undefined => {
        const fault = this.tried || this.left.includes(path) ? this.faults()[path] : undefined
        const word = fault ?? (this.typed.includes(path) ? undefined : this.said[path])
        return word && t(word)
    }

    get refusal(): string {
        if (this.refused?.kind === 'stale') return t('form.stale')
        if (this.refused) return reasonOf(this.refused)
        return this.tried && Object.keys(this.faults()).length > 0 ? t('form.check') : ''
    }

    /** What was sent once and perhaps arrived keeps its key; corrected, it is another thing. */
    keyFor(data: unknown): string {
        const text = JSON.stringify(data)
        if (this.sent && this.sent !== text) this.key = newKey()
        this.sent = text
        return this.key
    }

    /** An edit; when somebody else was faster, `catchUp` gets the newer record before the next try. */
    async change<T>(act: () => Promise<T>, catchUp: () => Promise<void>): Promise<T> {
        try {
            return await act()
        } catch (error) {
            if (error instanceof Refused && error.kind === 'stale') await catchUp()
            throw error
        }
    }

    async save(form: HTMLFormElement, act: () => Promise<void>): Promise<void> {
        this.tried = true
        this.refused = null
        this.typed = []
        if (Object.keys(this.faults()).length > 0) return focusWrong(form)
        this.busy = true
        try {
            await act()
        } catch (error) {
            if (!(error instanceof Refused)) throw error
            this.refused = error
            focusWrong(form)
        } finally {
            this.busy = false
        }
    }
}
