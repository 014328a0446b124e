import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bearing, distanceM, pointOf, sideOf } from '../src/lib/mercator'
import { fitting, leastZoom, moved, mostZoom, onScreen, tilesOf, zoomed } from '../src/map/view'

const tower = { lat: 55.8197, lon: 37.6117 }
const park = { lat: 55.8263, lon: 37.6377 }
const size = { width: 480, height: 500 }
const near = (a: number, b: number, by: number) => assert.ok(Math.abs(a - b) <= by, `${a} is not ${b}`)

test('distance and direction are those of the ground', () => {
    near(distanceM(tower, park), 1_782, 5)
    near(bearing(tower, park), 65.7, 0.5)
    near(bearing(park, tower), 245.7, 0.5)
    near(distanceM(tower, tower), 0, 1e-6)
    near(bearing({ lat: 0, lon: 179.9 }, { lat: 0, lon: -179.9 }), 90, 1e-6) // the shorter way round
    assert.deepEqual([0, 22, 23, 90, 200, 338, 359].map(sideOf), ['n', 'n', 'ne', 'e', 's', 'n', 'n'])
})

test('places lie on the world square as on every web map', () => {
    assert.deepEqual(pointOf({ lat: 0, lon: 0 }), { x: 0.5, y: 0.5 })
    const at = pointOf(tower)
    assert.deepEqual([Math.floor(at.x * 2 ** 14), Math.floor(at.y * 2 ** 14)], [9_903, 5_116])
})

test('all stops are on the screen with room around them, and one alone is seen from near by', () => {
    const points = [tower, park, { lat: 55.84, lon: 37.6 }].map(pointOf)
    const view = fitting(points, size)
    assert.ok(view)
    for (const point of points) {
        const { x, y } = onScreen(view, size, point)
        assert.ok(x >= 59 && x <= 371 && y >= 59 && y <= 441, `${x} ${y}`)
    }
    assert.equal(fitting([pointOf(tower)], size)?.zoom, 16)
    assert.equal(fitting([], size), null)
})

test('what is under the fingers stays there, and zoom has its ends', () => {
    const view = { at: pointOf(tower), zoom: 14 }
    const mark = pointOf(park)
    const before = onScreen(view, size, mark)
    const after = onScreen(zoomed(view, size, 1.5, before), size, mark)
    near(after.x, before.x, 1e-6)
    near(after.y, before.y, 1e-6)
    const dragged = onScreen(moved(view, 30, -20), size, mark)
    near(dragged.x, before.x + 30, 1e-6)
    near(dragged.y, before.y - 20, 1e-6)
    assert.equal(zoomed(view, size, 99).zoom, mostZoom)
    assert.equal(zoomed(view, size, -99).zoom, leastZoom)
})

test('the tiles cover the screen, of a zoom that the pack has', () => {
    for (const zoom of [9.2, 12, 14.4, 17.9]) {
        const tiles = tilesOf({ at: pointOf(tower), zoom }, size, 10, 14)
        assert.ok(tiles.every(({ z }) => z >= 10 && z <= 14) && tiles.length <= 64)
        const covers = (x: number, y: number) => tiles.some(({ left, top, side }) => x >= left && x <= left + side && y >= top && y <= top + side)
        for (const [x, y] of [[0, 0], [480, 0], [0, 500], [480, 500], [240, 250]] as const) assert.ok(covers(x, y), `${zoom}: ${x} ${y}`)
    }
})
