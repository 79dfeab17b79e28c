import { join } from "node:path";
import { defineConfig } from "vite";

// Without a compiler of a framework's own: what tsc checks is what is built. `scripts/build-web.ts` adds the service worker and the compressed files.
export default defineConfig({
  root: import.meta.dirname,
  cacheDir: join(import.meta.dirname, "../node_modules/.cache/thousand-worlds/vite"),
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  build: {
    target: "es2022",
    // The content security policy knows no data: URLs, and no inline scripts.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
  server: {
    port: 5173,
    strictPort: true,
    proxy: { "/api": { target: "http://localhost:8080", ws: true } },
  },
});
