import { defineConfig } from 'vitest/config';

export default defineConfig({
  esbuild: { jsx: 'automatic', jsxImportSource: 'preact' },
  // The page's policy forbids inline scripts and data: fonts, so nothing is inlined.
  build: { target: 'es2022', assetsInlineLimit: 0, modulePreload: false },
  server: { proxy: { '/api': 'http://127.0.0.1:3000' } },
  test: { include: ['unit/*.test.ts'] },
});
