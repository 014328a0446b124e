// Fails the build when the page grew over its budgets (KiB, not compressed: it is read from this machine), or when a file
// appeared that the agent does not serve. The first list needs the first files, the others come when they are wanted.
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const dist = fileURLToPath(new URL('../dist/', import.meta.url))
const first = ['index.html', 'page.css', 'page.js']
const later = ['late.css', 'late.js']
const english = ['en.js']
const map = ['map.css', 'map.js']
const floor = ['floor.css', 'floor.js']
const limits = { first: 150, later: 50, map: 50, floor: 50, english: 25 }

const files = readdirSync(dist, { recursive: true }).sort()
const strange = files.filter((file) => ![...first, ...later, ...map, ...floor, ...english].includes(file))
const missing = [...first, ...later, ...map, ...floor, ...english].filter((file) => !files.includes(file))
const sizeOf = (names) => names.filter((name) => files.includes(name)).reduce((sum, name) => sum + statSync(join(dist, name)).size, 0) / 1024
const sizes = { first: sizeOf(first), later: sizeOf(later), map: sizeOf(map), floor: sizeOf(floor), english: sizeOf(english) }

console.log(`page: ${sizes.first.toFixed(1)} KiB of ${limits.first}, later ${sizes.later.toFixed(1)} of ${limits.later}, map ${sizes.map.toFixed(1)} of ${limits.map}, floor ${sizes.floor.toFixed(1)} of ${limits.floor}, English ${sizes.english.toFixed(1)} of ${limits.english}`)
for (const file of strange) console.error(`not served: ${file}`)
for (const file of missing) console.error(`not built: ${file}`)
if (Object.keys(limits).some((name) => sizes[name] > limits[name]) || strange.length > 0 || missing.length > 0) process.exitCode = 1
