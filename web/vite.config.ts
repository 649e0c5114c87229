// Builds the pages into dist/: hashed assets, nothing inlined, nothing asked from another host.
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';

export default defineConfig({
  plugins: [svelte()],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  server: { proxy: { '/api': process.env['THAW_URL'] ?? 'http://127.0.0.1:8080' } },
});
