import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { runTests } from '../../../../shared/web/run_tests.mjs'

await runTests(build, fileURLToPath(new URL('..', import.meta.url)))
