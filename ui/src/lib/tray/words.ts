/** The texts of a work, based only on its known state. */

import type { MatterView, ResultView, WorkView } from "../backend";
import type { IconName } from "../controls/icons";
import { duration, rate, size } from "../format";
import { dropped, isNothing } from "../preflight/summary";
import { t } from "../text";
import { why } from "../text/reasons";

/** A line of the tray. */
export interface Line {
  title: string;
  /** Counts, one per part. */
  details: string[];
  /** Its progress from 0 to 1; null if nothing moves or nothing is known. */
  progress: number | null;
  icon: IconName;
  tone: "plain" | "ok" | "warn" | "bad";
}

/** Whether it will not change any more. */
export function ended({ phase }: WorkView): boolean {
  return phase === "finished" || phase === "cancelled" || phase === "failed";
}

/**
 * Whether it is running, or will continue automatically: closing the window asks about it. The program uses the same
 * rule.
 */
export function busy({ phase }: WorkView): boolean {
  return ["reading", "inLine", "running", "held", "givingUp"].includes(phase);
}

/** Its texts. */
export function line(work: WorkView, matter: MatterView | null): Line {
  const { title, icon, tone } = heading(work, matter);
  return { title, icon, tone, details: details(work), progress: share(work) };
}

function heading(work: WorkView, matter: MatterView | null): Pick<Line, "title" | "icon" | "tone"> {
  const names = dropped(work.names);
  const where = matter === null ? t.tray.theVault : matter.number === "" ? t.tray.general : matter.number;
  const what = {
    drop: t.tray.what.drop(names, where),
    restore: t.tray.what.restore(names),
    verify: t.tray.what.verify,
  }[work.kind];
  switch (work.phase) {
    case "reading":
      return { title: t.tray.reading(names), icon: "search", tone: "plain" };
    case "ready": {
      const title =
        work.preflight && isNothing(work.preflight) ? t.tray.readyEmpty(names) : t.tray.ready(names);
      return { title, icon: "inbox", tone: "warn" };
    }
    case "inLine":
      return { title: t.tray.inLine(what), icon: "waiting", tone: "plain" };
    case "paused":
      return { title: t.tray.paused(what), icon: "pause", tone: "plain" };
    case "held": {
      const title = onlyWaits(work) ? t.tray.later(what) : t.tray.held(what);
      return { title, icon: "waiting", tone: "warn" };
    }
    case "givingUp":
      return { title: t.tray.givingUp(what), icon: "waiting", tone: "plain" };
    case "cancelled":
      return { title: t.tray.cancelled(what), icon: "cancel", tone: "plain" };
    case "failed":
      return { title: t.tray.failed(what), icon: "failed", tone: "bad" };
    case "running": {
      const { running } = t.tray;
      const title = { drop: running.drop(where), restore: running.restore(names), verify: running.verify };
      return { title: title[work.kind], icon: work.kind === "restore" ? "restore" : "inbox", tone: "plain" };
    }
    case "finished": {
      const { finished } = t.tray;
      const title = { drop: finished.drop(where), restore: finished.restore(names), verify: finished.verify };
      // A success message beside failures would hide them.
      const whole = work.attention === 0 && (work.result?.failed ?? 0) === 0;
      return { title: title[work.kind], icon: whole ? "check" : "warning", tone: whole ? "ok" : "warn" };
    }
  }
}

/** Whether everything is done except files that wait to be retried. */
export function onlyWaits({ later, files, filesDone }: WorkView): boolean {
  return later > 0 && filesDone + later >= files;
}

function details(work: WorkView): string[] {
  const { files, filesDone, bytes, bytesDone, later } = work;
  const reason = why(work);
  const waits = later > 0 ? [t.tray.waits(later)] : [];
  const moved = bytes > 0 ? [t.tray.bytesOf(size(bytesDone), size(bytes))] : [];
  switch (work.phase) {
    case "reading":
      return [t.tray.found(files), t.tray.readSoFar(filesDone), ...(bytesDone > 0 ? [size(bytesDone)] : [])];
    case "ready":
      return [t.tray.found(work.preflight?.found ?? files)];
    case "inLine":
      return [...(reason === null ? [] : [reason]), ...soFar(work)];
    case "paused":
    case "held":
      // The list of files shows why each of them waits.
      return [
        ...(reason === null || onlyWaits(work) ? [] : [reason]),
        ...soFar(work),
        ...waits,
        ...(onlyWaits(work) ? [] : moved),
      ];
    case "givingUp":
      return [t.tray.onceAsked, ...(reason === null ? [] : [reason])];
    case "running":
      return [
        countedOf(work.kind, filesDone, files),
        ...waits,
        ...moved,
        ...(work.rate === null ? [] : [rate(work.rate)]),
        ...(work.secondsLeft === null ? [] : [t.tray.left(duration(work.secondsLeft))]),
      ];
    case "finished":
    case "cancelled":
    case "failed":
      return [...(reason === null ? [] : [reason]), ...results(work)];
  }
}

/** Its progress before it had to wait. */
function soFar({ kind, phase, result, files, filesDone }: WorkView): string[] {
  // Files of a drop that were read are not filed.
  if (kind === "drop" && result === null) return files > 0 ? [t.tray.found(files)] : [];
  if (files > 0) return [countedOf(kind, filesDone, files)];
  // The size of a check left by an earlier run of the program is not known yet.
  return phase === "inLine" ? [] : [t.tray.readSoFar(filesDone)];
}

/** A drop and a restore count files; a check reads each content once, however many documents have it. */
function countedOf(kind: WorkView["kind"], done: number, all: number): string {
  return kind === "verify" ? t.tray.ofContents(done, all) : t.tray.of(done, all);
}

/** Its results: the total, and then only non-zero counts. */
function results({ kind, result }: WorkView): string[] {
  if (result === null) return [];
  const words = t.tray.results[kind];
  const counts = [
    "stored",
    "already",
    "failed",
    "cancelled",
    "leftOut",
  ] as const satisfies (keyof ResultView)[];
  const said = counts.filter((key) => result[key] > 0).map((key) => words[key](result[key]));
  if (said.length === 0) return [t.tray.nothing];
  const { stored, already, failed, documents } = result;
  const of = stored + already + failed;
  if (of === 0 || kind === "verify") return said;
  return [documents > 0 ? t.tray.ofDocuments(of, documents) : t.tray.files(of), ...said];
}

/** Bytes show the progress better than files, where there are any. */
function share(work: WorkView): number | null {
  const { phase, files, filesDone, bytes, bytesDone } = work;
  if (
    phase === "ready" ||
    phase === "givingUp" ||
    phase === "finished" ||
    phase === "cancelled" ||
    phase === "failed"
  )
    return null;
  if (phase === "inLine" && (filesDone === 0 || (work.kind === "drop" && work.result === null))) return null;
  const [done, all] =
    bytes > 0 && phase !== "reading" && !onlyWaits(work) ? [bytesDone, bytes] : [filesDone, files];
  return all > 0 ? Math.min(1, done / all) : null;
}

const urgency: Record<WorkView["phase"], number> = {
  ready: 0,
  running: 1,
  reading: 2,
  held: 3,
  paused: 4,
  inLine: 5,
  givingUp: 6,
  failed: 7,
  finished: 8,
  cancelled: 9,
};

/** The first item when there is room for one: work that waits for the user, then running work, then finished work. */
export function byUrgency(works: readonly WorkView[]): WorkView[] {
  const rank = (work: WorkView): number =>
    ended(work) && work.attention > 0 ? urgency.inLine + 0.5 : urgency[work.phase];
  return [...works].sort((a, b) => rank(a) - rank(b) || b.started - a.started);
}
