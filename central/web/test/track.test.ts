import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Track } from '../src/api/types'
import { metres } from '../src/map/geo'
import { decodeTrack, momentAt, trackMetres } from '../src/map/track'

const start = 1_795_000_000_000
const segment = (from: number, late: boolean, lat: number) => ({
    device: '0123456789abc',
    late,
    t_ms: [start + from, 1_000, 1_000],
    lat_e6: [lat, 100, 100],
    lon_e6: [37_600_000, 0, 0],
    speed_cms: [500, -1, 0],
    course: [90, -1, 0],
    acc_m: [5, 5, 5],
})
const records = { since_ms: start, received: 6, late: 3, waiting: 0, lost: 0 }
const track: Track = {
    courier: 'c',
    from_ms: start,
    to_ms: start + 100_000,
    segments: [segment(0, false, 55_800_000), segment(60_000, true, 55_801_000)],
    gaps: [{ from_ms: start + 2_000, to_ms: start + 60_000, reason: 'no_gps' }],
    records,
}

test('columns of differences become points', () => {
    const [line] = decodeTrack(track).lines
    assert.deepEqual(line?.points.map(({ ms }) => ms - start), [0, 1_000, 2_000])
    assert.ok(Math.abs((line?.points[2]?.lat ?? 0) - 55.8002) < 1e-9)
    assert.deepEqual(line?.points.map(({ speed }) => speed), [5, null, 0])
    assert.deepEqual(line?.points.map(({ course }) => course), [90, null, 0])
})

test('a track spans its points, not the asked time', () => {
    const { fromMs, toMs } = decodeTrack(track)
    assert.deepEqual([fromMs - start, toMs - start], [0, 62_000])
})

test('a hole knows the places on both sides', () => {
    const { holes, lines } = decodeTrack(track)
    assert.deepEqual(holes[0]?.from, lines[0]?.points[2]?.at)
    assert.deepEqual(holes[0]?.to, lines[1]?.points[0]?.at)
})

test('between two points the way is interpolated', () => {
    const decoded = decodeTrack(track)
    const [a, b] = decoded.lines[0]?.points ?? []
    const moment = momentAt(decoded, start + 500)
    assert.ok(a && b && moment.at)
    assert.ok(Math.abs(moment.at[1] - (a.at[1] + b.at[1]) / 2) < 1e-6)
})

test('in a hole the last known place stands, with the reason', () => {
    const decoded = decodeTrack(track)
    const moment = momentAt(decoded, start + 30_000)
    assert.equal(moment.hole?.reason, 'no_gps')
    assert.deepEqual(moment.at, decoded.lines[0]?.points[2]?.at)
})

test('what came late is told apart', () => {
    assert.equal(momentAt(decodeTrack(track), start + 61_000).late, true)
    assert.equal(momentAt(decodeTrack(track), start + 1_000).late, false)
})

test('before the first point nothing is known', () => {
    assert.equal(momentAt(decodeTrack(track), start - 5_000).at, null)
})

test('an empty track has no lines and no length', () => {
    const empty = decodeTrack({ ...track, segments: [], gaps: [] })
    assert.equal(empty.lines.length, 0)
    assert.equal(trackMetres(empty, metres), 0)
})

test('the length counts recorded ways only', () => {
    const length = trackMetres(decodeTrack(track), metres)
    assert.ok(Math.abs(length - 4 * 11.12) < 0.1)
})
