import js from "@eslint/js";
import prettier from "eslint-config-prettier";
import svelte from "eslint-plugin-svelte";
import { defineConfig } from "eslint/config";
import globals from "globals";
import ts from "typescript-eslint";

import svelteConfig from "./svelte.config.js";

const theDoor = "src/lib/backend";

export default defineConfig(
  // Written by the program.
  { ignores: [`${theDoor}/bindings.ts`] },
  js.configs.recommended,
  ...ts.configs.strictTypeChecked,
  ...svelte.configs.recommended,
  prettier,
  ...svelte.configs.prettier,
  {
    languageOptions: {
      globals: { ...globals.browser },
      parserOptions: { projectService: { allowDefaultProject: ["*.js"] }, extraFileExtensions: [".svelte"] },
    },
  },
  {
    files: ["**/*.svelte", "**/*.svelte.ts"],
    languageOptions: { parserOptions: { parser: ts.parser, svelteConfig } },
  },
  {
    // One door to the platform: everything else talks to the interface in src/lib/backend/index.ts.
    ignores: [`${theDoor}/**`],
    rules: {
      "no-restricted-imports": [
        "error",
        {
          patterns: [
            { group: ["@tauri-apps/*"], message: `Only ${theDoor}/tauri.ts talks to the platform.` },
            { group: ["**/backend/tauri"], message: `Use connect() from ${theDoor}.` },
          ],
        },
      ],
    },
  },
  {
    files: [`${theDoor}/**`],
    ignores: [`${theDoor}/tauri.ts`, `${theDoor}/tauri.test.ts`],
    rules: {
      "no-restricted-imports": [
        "error",
        {
          patterns: [
            { group: ["@tauri-apps/*"], message: `Only ${theDoor}/tauri.ts talks to the platform.` },
          ],
        },
      ],
    },
  },
);
