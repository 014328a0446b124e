import { fileURLToPath } from 'node:url'
import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig } from 'vite'

const central = process.env['PLUS7_CENTRAL'] ?? 'http://127.0.0.1:8080'

export default defineConfig({
    plugins: [svelte()],
    resolve: { alias: { '@shared': fileURLToPath(new URL('../../shared/web', import.meta.url)) } },
    build: {
        target: 'es2022',
        cssTarget: ['chrome123', 'firefox120', 'safari17.5'], // light-dark()
        assetsInlineLimit: 0, // the page's CSP knows no data: scripts or styles
        modulePreload: { polyfill: false },
        reportCompressedSize: false,
    },
    server: {
        fs: { allow: ['.', '../../shared/web'] },
        proxy: {
            '/api': { target: central, ws: true, changeOrigin: true },
            '/tiles': central,
            '/basemap': central,
        },
    },
})
