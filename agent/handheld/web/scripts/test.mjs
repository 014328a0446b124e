// Bundles each test/*.test.ts with esbuild and runs them with node's own test runner (node 18 reads no TypeScript).
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const root = fileURLToPath(new URL('..', import.meta.url))
const out = mkdtempSync(join(tmpdir(), 'plus7-handheld-test-'))
try {
    const tests = readdirSync(join(root, 'test')).filter((name) => name.endsWith('.test.ts'))
    await build({
        entryPoints: tests.map((name) => join(root, 'test', name)),
        outdir: out,
        outExtension: { '.js': '.mjs' },
        bundle: true,
        platform: 'node',
        format: 'esm',
        sourcemap: 'inline',
        alias: { '@shared': join(root, '../../../shared/web') },
    })
    const files = tests.map((name) => join(out, name.replace(/\.ts$/, '.mjs')))
    const run = spawnSync(process.execPath, ['--test', '--enable-source-maps', ...files], { stdio: 'inherit', cwd: root })
    process.exitCode = run.status ?? 1
} finally {
    rmSync(out, { recursive: true, force: true })
}
