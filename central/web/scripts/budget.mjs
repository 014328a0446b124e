// Fails the build when the page grew over its budget (KiB of gzip): first load without the map, and the map's own part.
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'

const dist = fileURLToPath(new URL('../dist/', import.meta.url))
const manifest = JSON.parse(readFileSync(dist + '.vite/manifest.json', 'utf8'))
const budgets = { first: 60, map: 160 }

function reach(key, seen = new Set()) {
    if (seen.has(key)) return seen
    seen.add(key)
    for (const next of manifest[key].imports ?? []) reach(next, seen)
    return seen
}

const gz = (file) => gzipSync(readFileSync(dist + file), { level: 9 }).length / 1024
const sum = (keys) => [...keys].reduce((total, key) => total + gz(manifest[key].file), 0)

const first = reach('index.html')
const map = new Set([...reach('src/rooms/map/map_room.svelte')].filter((key) => !first.has(key)))
const sizes = { first: sum(first), map: sum(map) }
for (const [name, limit] of Object.entries(budgets)) {
    console.log(`${name}: ${sizes[name].toFixed(1)} KiB gz of ${limit}`)
    if (sizes[name] > limit) process.exitCode = 1
}
