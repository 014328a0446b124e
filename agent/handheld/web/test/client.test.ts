import assert from 'node:assert/strict'
import { test } from 'node:test'
import { agent, Refused } from '../src/api/client'

test('a state that is cut off in the middle is no answer', async () => {
    const real = globalThis.fetch
    const cut = new ReadableStream({
        start(stream) {
            stream.enqueue(new TextEncoder().encode('{"now_ms":1'))
            stream.error(new TypeError('the agent has ended'))
        },
    })
    globalThis.fetch = async () => new Response(cut, { status: 200 })
    try {
        await assert.rejects(agent.state(), (error) => error instanceof Refused && error.isUnanswered)
    } finally {
        globalThis.fetch = real
    }
})
