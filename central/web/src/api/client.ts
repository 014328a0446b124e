// The one way to central's API: typed by the contract, CSRF token on every change, refusals as Refused.
import createClient, { type Middleware } from 'openapi-fetch'
import type { paths } from '../api.d'
import type { Problem } from './types'

/** Central said no (problem set), or could not be reached (problem null). */
export class Refused extends Error {
    constructor(
        readonly status: number,
        readonly problem: Problem | null,
    ) {
        super(problem?.detail ?? problem?.title ?? `HTTP ${status}`)
    }
    get kind(): Problem['kind'] | 'unreachable' {
        return this.problem?.kind ?? (this.status === 401 ? 'unauthenticated' : 'unreachable')
    }
    /** What is wrong with this member of the request, if that is why. */
    field(name: string): NonNullable<Problem['fields']>[number]['code'] | undefined {
        return this.problem?.fields?.find((field) => field.field === name)?.code
    }
}

let csrf = ''
let onSessionLost: () => void = () => {}

export function useCsrf(token: string): void {
    csrf = token
}
export function whenSessionIsLost(then: () => void): void {
    onSessionLost = then
}

const guard: Middleware = {
    onRequest({ request }) {
        if (request.method !== 'GET' && csrf) request.headers.set('X-Plus7-Csrf', csrf)
        return request
    },
}

export const api = createClient<paths>({ baseUrl: '', credentials: 'same-origin', fetch: (request) => fetch(request) })
api.use(guard)

interface Answer<T> {
    data?: T
    error?: unknown
    response: Response
}

/** The body of a good answer; throws Refused for every other. 401 outside of signing in also ends the session here. */
export async function body<T>(call: Promise<Answer<T>>, options: { signingIn?: boolean } = {}): Promise<T> {
    const { data, error, response } = await call.catch(() => {
        throw new Refused(0, null)
    })
    if (response.ok) return data as T
    const problem = typeof error === 'object' && error !== null && 'kind' in error ? (error as Problem) : null
    if (response.status === 401 && !options.signingIn) onSessionLost()
    throw new Refused(response.status, problem)
}

/** A fresh Idempotency-Key; make it once per form, so that a repeated press does not create twice. */
export function newKey(): string {
    const bytes = crypto.getRandomValues(new Uint8Array(16)) // randomUUID is missing on plain http
    return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
