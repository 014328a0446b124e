// Fails the build when the page grew over its budget (KiB, not compressed: it is read from this machine), or when a file
// appeared that the agent does not serve.
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const dist = fileURLToPath(new URL('../dist/', import.meta.url))
const served = ['index.html', 'page.css', 'page.js']
const limit = 150

const files = readdirSync(dist, { recursive: true }).sort()
const strange = files.filter((file) => !served.includes(file))
const missing = served.filter((file) => !files.includes(file))
const size = files.reduce((sum, file) => sum + statSync(join(dist, file)).size, 0) / 1024

console.log(`page: ${size.toFixed(1)} KiB of ${limit}`)
for (const file of strange) console.error(`not served: ${file}`)
for (const file of missing) console.error(`not built: ${file}`)
if (size > limit || strange.length > 0 || missing.length > 0) process.exitCode = 1
