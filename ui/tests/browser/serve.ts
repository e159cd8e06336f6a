/**
 * Builds the window on its made-up vault, separately from the shipped window, and serves it with the shell's
 * restrictions.
 */

import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { svelte } from "@sveltejs/vite-plugin-svelte";
import { build, type InlineConfig, preview } from "vite";
import type { TestProject } from "vitest/node";

import { assets } from "../../vite.config";

declare module "vitest" {
  interface ProvidedContext {
    /** The address of the window. */
    address: string;
  }
}

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** The content security policy of the shipped window. */
function policy(): string {
  const shell = JSON.parse(readFileSync(here("../../../tauri.conf.json"), "utf8")) as {
    app: { security: { csp: string } };
  };
  return shell.app.security.csp;
}

export default async function serve(project: TestProject): Promise<() => Promise<void>> {
  const config: InlineConfig = {
    root: here("page"),
    configFile: false,
    publicDir: false,
    logLevel: "warn",
    plugins: [svelte({ configFile: here("../../svelte.config.js") })],
    build: { ...assets, outDir: here("../../node_modules/.cache/browser"), emptyOutDir: true },
    preview: { host: "127.0.0.1", port: 0, headers: { "Content-Security-Policy": policy() } },
  };
  await build(config);
  const server = await preview(config);
  const address = server.resolvedUrls?.local[0];
  if (address === undefined) throw new Error("The window is not served.");
  project.provide("address", address);
  return () => server.close();
}
