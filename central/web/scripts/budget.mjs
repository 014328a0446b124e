// Fails the build when the page grew over its budget (KiB of gzip): first load, and what a room or the map of a form
// adds to it.
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'

const dist = fileURLToPath(new URL('../dist/', import.meta.url))
const manifest = JSON.parse(readFileSync(dist + '.vite/manifest.json', 'utf8'))
const budgets = { first: 60, map: 160, orders: 26, board: 20, pin: 115 }
const parts = { map: 'src/rooms/map/map_room.svelte', orders: 'src/rooms/orders/orders_room.svelte', board: 'src/rooms/board/board_room.svelte', pin: 'src/ui/pin_map.svelte' }

function reach(key, seen = new Set()) {
    if (seen.has(key)) return seen
    seen.add(key)
    for (const next of manifest[key].imports ?? []) reach(next, seen)
    return seen
}

const gz = (file) => gzipSync(readFileSync(dist + file), { level: 9 }).length / 1024
const sum = (keys) => [...keys].reduce((total, key) => total + gz(manifest[key].file), 0)

const first = reach('index.html')
const sizes = { first: sum(first) }
for (const [name, key] of Object.entries(parts)) sizes[name] = sum([...reach(key)].filter((one) => !first.has(one)))
for (const [name, limit] of Object.entries(budgets)) {
    console.log(`${name}: ${sizes[name].toFixed(1)} KiB gz of ${limit}`)
    if (sizes[name] > limit) process.exitCode = 1
}
