import { svelte } from "@sveltejs/vite-plugin-svelte";
import { svelteTesting } from "@testing-library/svelte/vite";
import type { BuildOptions } from "vite";
import { defineConfig } from "vitest/config";

/** How the page is built; the tests in a browser build theirs in the same way. */
export const assets: BuildOptions = {
  // The oldest web view the window runs in.
  target: "safari16",
  // The content security policy allows no inline script and no data: font.
  modulePreload: { polyfill: false },
  assetsInlineLimit: 0,
  rolldownOptions: {
    output: {
      // pdf.js looks for its decoder by its own name.
      assetFileNames: ({ names }) =>
        names.includes("openjpeg_nowasm_fallback.js")
          ? "assets/[name][extname]"
          : "assets/[name]-[hash][extname]",
    },
  },
};

export default defineConfig({
  plugins: [svelte(), svelteTesting()],
  clearScreen: false,
  // The address tauri.conf.json names as devUrl.
  server: { port: 1420, strictPort: true, host: "127.0.0.1" },
  build: { ...assets, outDir: "../dist", emptyOutDir: true },
  // Style sheets are read by the test of their contrast.
  test: {
    environment: "jsdom",
    include: ["src/**/*.test.ts"],
    setupFiles: ["src/testing/jsdom.ts"],
    css: { include: [/app\.css/] },
    // A condition is waited for as long as a busy computer takes.
    testTimeout: 30_000,
    expect: { poll: { timeout: 10_000 } },
  },
});
