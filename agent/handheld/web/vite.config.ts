import { fileURLToPath } from 'node:url'
import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig } from 'vite'

const agent = process.env['PLUS7_PAGE'] ?? 'http://127.0.0.1:7707'

// What the first list needs is one file; English, the map, a depot's floor and the screens that are opened now and then come when they are
// wanted.
const laterName = ({ facadeModuleId: module }: { facadeModuleId?: string | null }) => (module?.includes('/i18n/en/') ? 'en.js' : module?.includes('/src/map/') ? 'map.js' : module?.includes('/src/floor/') ? 'floor.js' : 'late.js')
const styleName = ({ names }: { names: string[] }) => ({ 'screens.css': 'late.css', 'map.css': 'map.css', 'floor.css': 'floor.css' })[names[0] ?? ''] ?? 'page[extname]'

// The names carry no hashes: the files are built into the agent's program and change only with it.
export default defineConfig({
    plugins: [svelte()],
    resolve: { alias: { '@shared': fileURLToPath(new URL('../../../shared/web', import.meta.url)) } },
    esbuild: { charset: 'utf8' }, // Russian in two bytes a letter, not six
    build: {
        target: 'es2022',
        cssTarget: ['chrome123', 'firefox120', 'safari17.5'], // light-dark()
        assetsInlineLimit: 0, // the page's CSP knows no data: scripts or styles
        modulePreload: false,
        reportCompressedSize: false,
        rollupOptions: { output: { entryFileNames: 'page.js', chunkFileNames: laterName, assetFileNames: styleName } },
    },
    server: {
        fs: { allow: ['.', '../../../shared/web'] },
        proxy: { '/api': { target: agent, ws: true, changeOrigin: true } },
    },
})
