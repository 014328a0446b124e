import assert from 'node:assert/strict'
import { test } from 'node:test'
import { frameOf, frameSize } from '../src/lib/frames'

test('a picture is made as small as the agent takes it, and never larger than it is', () => {
    assert.deepEqual(frameSize(1_280, 720), { width: 1_280, height: 720 })
    assert.deepEqual(frameSize(720, 1_280), { width: 720, height: 1_280 })
    assert.deepEqual(frameSize(640, 480), { width: 640, height: 480 })
    assert.deepEqual(frameSize(3_840, 2_160), { width: 1_280, height: 720 })
    for (const [width, height] of [[4_000, 3_000], [3_000, 3_000], [1_280, 1_024], [5_000, 40]] as const) {
        const size = frameSize(width, height)
        assert.ok(size.width <= 1_280 && size.height <= 1_280 && size.width * size.height <= 1_280 * 960, `${width}x${height}`)
    }
})

test('a frame is its size and a byte of brightness for each pixel', () => {
    const rgba = new Uint8ClampedArray([0, 0, 0, 255, 255, 255, 255, 255, 255, 0, 0, 255, 0, 255, 0, 255, 0, 0, 255, 255, 128, 128, 128, 255])
    assert.deepEqual([...frameOf(rgba, 3, 2)], [3, 0, 2, 0, 0, 255, 76, 149, 28, 128])
    assert.deepEqual([...frameOf(new Uint8ClampedArray(4 * 300), 300, 1).slice(0, 4)], [44, 1, 1, 0])
})
