/** The text about a file that needs attention. */

import type { ProblemView } from "../backend";
import { t } from "../text";
import { why } from "../text/reasons";

/** The sentence for a problem: our own if its code is known, otherwise the one that came with it. */
export function sentence({ code, ...told }: Pick<ProblemView, "code" | "reason" | "reasons">): string {
  const reason = why(told);
  const own = t.problems.reasons as Readonly<Record<string, string>>;
  return Object.hasOwn(own, code) ? (own[code] ?? reason) : reason;
}

/** Whether the user may locate the file: it is missing, or its content is different. */
export function canBeLocated({ code }: Pick<ProblemView, "code">): boolean {
  return code === "vanished" || code === "different" || code === "other-kind";
}
