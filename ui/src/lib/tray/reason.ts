/** What is said of a file that needs a person. */

import type { ProblemView } from "../backend";
import { t } from "../text";

/** The sentence for a problem: our own where we know its code, else the one that came with it. */
export function sentence({ code, reason }: Pick<ProblemView, "code" | "reason">): string {
  const own = t.problems.reasons as Readonly<Record<string, string>>;
  return Object.hasOwn(own, code) ? (own[code] ?? reason) : reason;
}

/** Whether a person may say where the file is now: it is not where it was, or is not what it was. */
export function canBeLocated({ code }: Pick<ProblemView, "code">): boolean {
  return code === "vanished" || code === "different" || code === "other-kind";
}
