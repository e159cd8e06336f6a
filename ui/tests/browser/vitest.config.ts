import { fileURLToPath } from "node:url";

import { defineConfig } from "vitest/config";

/** Tests of the whole window in Chromium: `npm run test:browser`. */
export default defineConfig({
  root: fileURLToPath(new URL(".", import.meta.url)),
  test: {
    include: ["*.test.ts"],
    globalSetup: ["./serve.ts"],
    environment: "node",
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
