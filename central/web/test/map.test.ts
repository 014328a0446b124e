import assert from 'node:assert/strict'
import { test } from 'node:test'
import { clusterPins, clusterRadius, spread, type Pin } from '../src/map/cluster'
import { metres, project, unproject } from '../src/map/geo'
import { Motion } from '../src/map/motion'
import { plausibleSpeed, reachCap, reachOf, roundReach } from '../src/map/reach'

const pin = (id: string, x: number, y: number, rank = 2): Pin => ({ id, x, y, rank })
const none = new Set<string>()

test('a place survives projecting there and back', () => {
    const back = unproject(project(55.8148, 37.6047))
    assert.ok(Math.abs(back.lat - 55.8148) < 1e-9 && Math.abs(back.lon - 37.6047) < 1e-9)
})

test('one minute of latitude is a nautical mile', () => {
    const length = metres({ lat: 55, lon: 37 }, { lat: 55 + 1 / 60, lon: 37 })
    assert.ok(Math.abs(length - 1853) < 2)
})

test('a late fix with an older time never moves the pin back', () => {
    const motion = new Motion({ at: [0, 0], fixMs: 10_000 })
    assert.equal(motion.accept({ at: [100, 0], fixMs: 11_000 }, 0), true)
    assert.equal(motion.accept({ at: [50, 0], fixMs: 10_500 }, 400), false)
    assert.equal(motion.accept({ at: [50, 0], fixMs: 11_000 }, 400), false)
    assert.deepEqual(motion.at(5_000), [100, 0])
})

test('a pin glides to the newest place and stops there', () => {
    const motion = new Motion({ at: [0, 0], fixMs: 0 })
    motion.accept({ at: [100, 0], fixMs: 1_000 }, 50)
    const seen = [50, 300, 600, 900, 1_050, 9_000].map((ms) => motion.at(ms)[0])
    assert.deepEqual([...seen].sort((a, b) => a - b), seen)
    assert.equal(seen[0], 0)
    assert.equal(seen.at(-1), 100)
    assert.equal(motion.isMoving(600), true)
    assert.equal(motion.isMoving(1_051), false)
})

test('a new fix during a glide starts from where the pin is drawn', () => {
    const motion = new Motion({ at: [0, 0], fixMs: 0 })
    motion.accept({ at: [100, 0], fixMs: 1_000 }, 0)
    motion.accept({ at: [200, 0], fixMs: 2_000 }, 500)
    assert.equal(motion.at(500)[0], 50)
})

test('after a long hole the pin jumps instead of inventing a way', () => {
    const motion = new Motion({ at: [0, 0], fixMs: 0 })
    motion.accept({ at: [5_000, 0], fixMs: 120_000 }, 0)
    assert.deepEqual(motion.at(1), [5_000, 0])
})

test('a fresh place has no reach, an old one a growing and fading one', () => {
    assert.equal(reachOf(15_000, 5, 5), null)
    const soon = reachOf(60_000, 5, 5)
    const later = reachOf(180_000, 5, 5)
    assert.ok(soon && later && later.metres > soon.metres && later.strength < soon.strength)
})

test('the reach is capped and says so', () => {
    const reach = reachOf(3_600_000, 10, 5)
    assert.equal(reach?.metres, reachCap)
    assert.equal(reach?.capped, true)
})

test('a standing courier is thought to walk, a fast one not to fly', () => {
    assert.equal(plausibleSpeed(0), 1.5)
    assert.equal(plausibleSpeed(null), 4.5)
    assert.equal(plausibleSpeed(40), 16.7)
})

test('a reach is shown with two digits, rounded up', () => {
    assert.equal(roundReach(612), 620)
    assert.equal(roundReach(1_449), 1_500)
    assert.equal(roundReach(7), 10)
})

test('every pin is in exactly one cluster', () => {
    const pins = Array.from({ length: 500 }, (_, i) => pin(`c${i}`, (i * 97) % 800, (i * 61) % 600))
    const ids = clusterPins(pins, none).flatMap((cluster) => cluster.pins.map(({ id }) => id))
    assert.equal(ids.length, 500)
    assert.equal(new Set(ids).size, 500)
})

test('no two clusters touch each other', () => {
    const pins = Array.from({ length: 800 }, (_, i) => pin(`c${i}`, (i * i * 13) % 900, (i * 37) % 700))
    const clusters = clusterPins(pins, none)
    for (const [i, a] of clusters.entries())
        for (const b of clusters.slice(i + 1)) assert.ok(Math.hypot(a.x - b.x, a.y - b.y) >= a.radius + b.radius)
})

test('a selected pin stands alone even in a crowd', () => {
    const pins = [pin('a', 0, 0), pin('b', 1, 1), pin('c', 2, 2)]
    const clusters = clusterPins(pins, new Set(['b']))
    assert.deepEqual(clusters.map((cluster) => cluster.pins.length).sort(), [1, 2])
})

test('far pins stay single and the order of the input does not matter', () => {
    const pins = [pin('a', 0, 0), pin('b', 300, 0), pin('c', 305, 0, 0)]
    const shape = (list: Pin[]) => clusterPins(list, none).map((cluster) => [cluster.x, cluster.y, cluster.pins.length])
    assert.deepEqual(shape(pins), shape([...pins].reverse()))
    assert.equal(shape(pins).length, 2)
})

test('a cluster grows with its members, within bounds', () => {
    assert.ok(clusterRadius(2) > clusterRadius(1) && clusterRadius(50) > clusterRadius(5))
    assert.ok(clusterRadius(100_000) <= 30)
})

test('a spread stack leaves room between neighbours', () => {
    const places = spread(10)
    for (const [i, a] of places.entries())
        for (const b of places.slice(i + 1)) assert.ok(Math.hypot(a[0] - b[0], a[1] - b[1]) > 15)
    assert.equal(spread(23).length, 23)
})
