import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

// The server's address while developing: `npm run mock`, or a real `periplus serve`.
const server = process.env['PERIPLUS_SERVER'] ?? 'http://127.0.0.1:7788';

// The server refuses changes that come from another address than its own; while developing, the page's address is Vite's.
const through = { target: server, changeOrigin: true, headers: { origin: server } };

export default defineConfig({
  plugins: [react()],
  server: {
    port: 5173,
    // Words live beside web/, shared with Rust.
    fs: { allow: ['..'] },
    proxy: { '/api': through, '/events': through },
  },
  build: {
    target: 'es2022',
    outDir: 'dist',
    // Everything is a hashed file: the content policy forbids inline scripts, and data: is not in its list.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: true,
  },
  test: { include: ['src/**/*.test.ts'] },
} as Parameters<typeof defineConfig>[0]);
