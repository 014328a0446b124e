// Who is signed in here, and what he may do.
import { api, body, Refused, useCsrf, whenSessionIsLost } from '../api/client'
import type { Me, Role } from '../api/types'
import { live } from './live.svelte'

type Phase = 'asking' | 'out' | 'enrol' | 'in' | 'unreachable'

class SessionState {
    phase = $state<Phase>('asking')
    me = $state.raw<Me | null>(null)
    whenForgotten: () => void = () => {} // what was read for this person is dropped
    ended = $state(false) // it was ended under us: say so on the sign-in page

    constructor() {
        whenSessionIsLost(() => this.lost())
    }

    async refresh(): Promise<void> {
        try {
            const me = await body(api.GET('/api/v1/me'), { signingIn: true })
            useCsrf(me.csrf)
            this.me = me
            this.phase = me.next === 'enrol' ? 'enrol' : 'in'
            this.ended = false
        } catch (error) {
            if (!(error instanceof Refused)) throw error
            this.me = null
            this.phase = error.status === 401 || error.status === 403 ? 'out' : 'unreachable'
        }
    }

    async signOut(): Promise<void> {
        await body(api.DELETE('/api/v1/session'))
        this.forget()
    }

    lost(): void {
        if (this.phase !== 'in') return
        this.forget()
        this.ended = true
    }

    may(...roles: Role[]): boolean {
        const own = this.me?.roles ?? []
        return own.includes('admin') || roles.some((role) => own.includes(role))
    }

    private forget(): void {
        live.stop()
        this.whenForgotten()
        useCsrf('')
        this.me = null
        this.phase = 'out'
    }
}

export const session = new SessionState()
