// Bundles each test/*.test.ts of a web project with esbuild and runs them with node's own test runner (node 18 reads no
// TypeScript).
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** `build` is the project's own esbuild, `root` its folder; the process ends as the tests did. */
export async function runTests(build, root) {
    const out = mkdtempSync(join(tmpdir(), 'plus7-web-test-'))
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
            alias: { '@shared': fileURLToPath(new URL('.', import.meta.url)) },
        })
        const files = tests.map((name) => join(out, name.replace(/\.ts$/, '.mjs')))
        const run = spawnSync(process.execPath, ['--test', '--enable-source-maps', ...files], { stdio: 'inherit', cwd: root })
        process.exitCode = run.status ?? 1
    } finally {
        rmSync(out, { recursive: true, force: true })
    }
}
