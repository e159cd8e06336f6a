/** The message of the bar about the firm's vault, if there is one. */

import type { Sync, WaitingEdit } from "../backend";
import { dateTime, time } from "../format";
import type { IconName } from "../controls/icons";
import { t } from "../text";
import { because } from "../text/reasons";

/** The bar: a sentence and an action. */
export interface Bar {
  /** The kind of message; a change is announced to screen readers. */
  about: "offline" | "catchingUp" | "signIn" | "refused" | "unreadable";
  icon: IconName;
  tone: "quiet" | "warn";
  text: string;
  /** Further text, in a quieter style. */
  more: string;
}

/** The inputs of the bar. Times are in milliseconds since 1970. */
export interface Standing {
  sync: Sync | null;
  edits: readonly WaitingEdit[];
  /** Entries of the firm's vault that cannot be read. */
  unreadable: number;
  /** Files that wait to be sent. */
  files: number;
  /** Whether it has been catching up for more than a moment. */
  lasting: boolean;
  now: number;
}

/** The message; null if all is well. A refusal or a missing session comes before a wait that ends automatically. */
export function bar({ sync, edits, unreadable, files, lasting, now }: Standing): Bar | null {
  if (sync === null) return null;
  const waits = files > 0 || edits.length > 0 ? t.firm.bar.waiting(files, edits.length) : "";
  const refused = edits.filter((edit) => edit.refused !== null).length;
  if (sync.state === "signIn") {
    const text = sync.message === "" ? t.firm.bar.signInNeeded : because(sync.message, sync.reasons);
    return { about: "signIn", icon: "warning", tone: "warn", text, more: waits };
  }
  if (sync.state === "offline") {
    const text = sync.since === null ? t.firm.bar.never : t.firm.bar.offline(asOf(sync.since, now));
    return { about: "offline", icon: "offline", tone: "quiet", text, more: waits };
  }
  if (refused > 0) {
    return { about: "refused", icon: "warning", tone: "warn", text: t.firm.bar.refused(refused), more: "" };
  }
  if (sync.state === "catchingUp" && lasting) {
    const more = sync.taken > 0 ? t.firm.bar.taken(sync.taken) : "";
    return { about: "catchingUp", icon: "fetching", tone: "quiet", text: t.firm.bar.catchingUp, more };
  }
  // Last and unobtrusive: only the administrator can fix it, and it may stay for days.
  if (unreadable > 0) {
    const text = t.firm.bar.unreadable(unreadable);
    return { about: "unreadable", icon: "warning", tone: "quiet", text, more: t.firm.bar.restShown };
  }
  return null;
}

/** The time if it is today, otherwise the day and the time. */
export function asOf(since: number, now: number): string {
  return new Date(since).toDateString() === new Date(now).toDateString() ? time(since) : dateTime(since);
}
