/** What is said of a file that needs a person. */

import type { ProblemView } from "../backend";
import { t } from "../text";

/** The sentence for a problem: our own where we know its code, else the one that came with it. */
export function sentence({ code, reason }: Pick<ProblemView, "code" | "reason">): string {
  const own = t.problems.reasons as Readonly<Record<string, string>>;
  return Object.hasOwn(own, code) ? (own[code] ?? reason) : reason;
}
