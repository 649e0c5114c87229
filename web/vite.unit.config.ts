// Compiles the unit tests (src/**/x.test.ts) for node's own test runner: every node that can build
// the pages can run them, also one without type stripping.
import { readdirSync } from 'node:fs';
import { basename } from 'node:path';
import { defineConfig } from 'vite';

const tests = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.test.ts'))
  .map((name) => `src/${name}`);

export default defineConfig({
  publicDir: false,
  build: {
    ssr: true,
    outDir: 'unit',
    emptyOutDir: true,
    rollupOptions: {
      input: Object.fromEntries(tests.map((file) => [basename(file, '.ts'), file])),
      output: { entryFileNames: '[name].js' },
    },
  },
});
