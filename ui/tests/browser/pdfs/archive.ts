/**
 * The PDF files in the sources of pypdf: hostile, old and odd ones, each kept there because some program failed on it.
 */

import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

const version = "6.4.0";
const sha256 = "4769d471f8ddc3341193ecc5d6560fa44cf8cd0abfabf21af4e195cc0c224072";

/** Their folder, outside the project. */
function cache(): string {
  return join(process.env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache"), "strongroom-tests");
}

/** The folder with them, fetched once by pip; or why there is none. */
export function archive(): { folder: string } | { missing: string } {
  const folder = join(cache(), `pypdf-${version}`, "resources");
  if (existsSync(folder)) return { folder };
  mkdirSync(cache(), { recursive: true });
  const under = mkdtempSync(join(cache(), "fetching-"));
  try {
    const fetched = [
      "-m",
      "pip",
      "download",
      "--quiet",
      "--no-deps",
      "--no-binary",
      "pypdf",
      "--timeout",
      "20",
      "--retries",
      "1",
    ];
    execFileSync("python3", [...fetched, "--dest", under, `pypdf==${version}`], {
      stdio: "pipe",
      timeout: 120_000,
    });
    const file = join(under, readdirSync(under).find((name) => name.endsWith(".tar.gz")) ?? "");
    const found = createHash("sha256").update(readFileSync(file)).digest("hex");
    if (found !== sha256) return { missing: `what was fetched has the SHA-256 ${found}` };
    execFileSync("tar", ["-xzf", file, "-C", under]);
    renameSync(join(under, `pypdf-${version}`), join(cache(), `pypdf-${version}`));
    return { folder };
  } catch (error) {
    if (existsSync(folder)) return { folder };
    const said = (error as { stderr?: Buffer }).stderr?.toString().trim().split("\n").at(-1);
    return { missing: said ?? String(error) };
  } finally {
    rmSync(under, { recursive: true, force: true });
  }
}
