/** The work of a fake vault: read, confirmed, filed and ended, in steps of a quarter of a second. */

import type {
  LocatedView,
  LocateIn,
  MatterView,
  PreflightList,
  PreflightRow,
  ProblemView,
  QueueView,
  ReportView,
  ResultView,
  SameNameView,
  WindowEvent,
  WorkKind,
  WorkPhase,
  WorkView,
} from "../bindings";
import { type Box, boxRows } from "./boxes";
import { type FakeClock, later } from "./clock";
import { refuse } from "./refuse";

/** Counts are published this often: four times a second. */
const tick = 250;
/** The duration of a step, whatever its work. */
const secondsToRead = 2;
const secondsToRun = 10;

const nothing: ResultView = {
  stored: 0,
  already: 0,
  failed: 0,
  cancelled: 0,
  leftOut: 0,
  documents: 0,
  bytes: 0,
};

/** The reasons for waiting, in the program's wording, and the sentence a job adds for temporary ones. */
const notTaken = "The firm's storage does not take this file just now.";
const notReached = "The firm's vault cannot be reached.";
const triedAgain = "It is tried again by itself.";

interface Task {
  view: WorkView;
  /** The box to file; null for a restore or a check. */
  box: Box | null;
  problems: ProblemView[];
  /** The files that are not accepted at first, by their number in the drop. */
  stuck: number[];
  report: ReportView | null;
  /** Seconds it has been running. */
  ran: number;
}

/** The dependencies of a vault's work. */
export interface Surroundings {
  clock: FakeClock;
  /** Whether filing starts without confirmation. */
  fileAtOnce: () => boolean;
  /** Whether there is no connection: then nothing is filed. */
  offline: () => boolean;
  tell: (event: WindowEvent) => void;
  /** A drop has ended. */
  filed: (work: WorkView, box: Box) => void;
}

/** All work of a vault, one at a time. */
export class Works {
  readonly #around: Surroundings;
  #tasks: Task[] = [];
  #next = 1;
  #stop: (() => void) | null = null;

  constructor(around: Surroundings) {
    this.#around = around;
  }

  /** The content of the tray. */
  get views(): WorkView[] {
    return this.#tasks.map(({ view }) => view);
  }

  /** Accepts dropped folders: reads them first. */
  submit(box: Box, names: string[], matter: string): string {
    const problems = [...box.problems];
    return this.#add({
      box,
      problems,
      stuck: Array.from({ length: box.stuck }, (_, at) => 3 + at * 4),
      report: null,
      ran: 0,
      view: this.#view("drop", matter, names, "reading"),
    });
  }

  /** Starts a restore or a check. */
  run(kind: WorkKind, matter: MatterView | null, names: string[], files: number, report: ReportView): string {
    const view = this.#view(kind, matter?.id ?? null, names, "running");
    const bytes = files * 1_700_000;
    return this.#add({
      box: null,
      problems: [],
      stuck: [],
      report,
      ran: 0,
      view: { ...view, files, bytes },
    });
  }

  /** The user presses *File*. */
  file(id: string): void {
    const task = this.#task(id);
    if (task.view.phase !== "ready" || task.box === null) return;
    const { preflight } = task.box;
    const files = preflight.found - preflight.leftOut;
    const result = { ...nothing, leftOut: preflight.leftOut };
    this.#change(task, { filesDone: 0, bytesDone: 0, files, bytes: preflight.bytesToStore, result });
    if (this.#around.offline()) this.#hold(task);
    else this.#begin(task);
  }

  /** The connection is lost: filing waits. */
  offline(): void {
    for (const task of this.#tasks) {
      if (["running", "inLine"].includes(task.view.phase)) this.#hold(task);
    }
  }

  /** The connection is back: work that waited for it continues. */
  online(): void {
    for (const task of this.#tasks) {
      if (task.view.phase === "held") this.#begin(task);
      if (task.view.phase === "givingUp") this.cancel(task.view.id);
    }
  }

  /** Rows of a list of a pre-flight. */
  rows(id: string, list: PreflightList, offset: number, limit: number): PreflightRow[] {
    const { box } = this.#task(id);
    return box === null ? [] : boxRows(box, list, offset, limit);
  }

  /** The dropped folders and files with the same name. */
  sameNames(id: string): SameNameView[] {
    const { box } = this.#task(id);
    if (box === null || box.preflight.sameNames === 0) return [];
    const alike = [
      { place: "/media/usb/K. Meyer/Documents", restoredAs: "Documents" },
      {
        place: "/media/usb/Discovery 2024/Production of the second custodian/J. Hale/Documents",
        restoredAs: "Documents (2)",
      },
    ];
    return [{ name: "Documents", folders: 2, files: 0, alike }];
  }

  /** Pauses. */
  pause(id: string): void {
    const task = this.#task(id);
    if (["running", "inLine", "held"].includes(task.view.phase)) {
      this.#change(task, { phase: "paused", rate: null, secondsLeft: null, reason: null });
      this.#nextInLine();
    }
  }

  /** Goes on. */
  resume(id: string): void {
    const task = this.#task(id);
    if (!["paused", "held"].includes(task.view.phase)) return;
    // Files that wait are retried, and succeed.
    if (task.view.later > 0) {
      task.stuck = [];
      this.#change(task, { later: 0 });
    }
    this.#begin(task);
  }

  /** Cancels: that is recorded at once, and carried out as soon as possible. */
  cancel(id: string): void {
    const task = this.#task(id);
    later(this.#around.clock, tick, () => {
      if (ended(task.view)) return;
      if (task.view.kind === "drop" && task.view.filesDone > 0 && this.#around.offline()) {
        this.#change(task, {
          phase: "givingUp",
          rate: null,
          secondsLeft: null,
          reason: `${notReached} ${triedAgain}`,
        });
        return;
      }
      const result = task.box === null ? task.view.result : (task.view.result ?? nothing);
      const still = { rate: null, secondsLeft: null, reason: null, attention: 0 };
      this.#change(task, { phase: "cancelled", ...still, result });
      this.#nextInLine();
    });
  }

  /** Clears ended work. */
  clear(id: string): void {
    if (!ended(this.#task(id).view)) refuse("invalid", "It has not ended yet. Cancel it first.");
    this.#tasks = this.#tasks.filter(({ view }) => view.id !== id);
    this.#around.tell({ kind: "workGone", id });
  }

  /** Files that need attention. */
  problems(id: string): ProblemView[] {
    const task = this.#task(id);
    return task.view.attention > 0 ? [...task.problems] : [];
  }

  /** Retries files. Open files can be closed and locked ones unlocked; missing ones stay missing. */
  retry(id: string, seqs: readonly number[]): void {
    const task = this.#task(id);
    if (task.view.phase === "ready") {
      // A drop that waits for the user is read again, with the same result.
      this.#change(task, { phase: "reading" });
      this.#wake();
      return;
    }
    const tried = task.problems.filter(({ seq }) => seqs.length === 0 || seqs.includes(seq));
    const again = tried.filter(({ code }) => code !== "vanished");
    if (task.view.later > 0) {
      task.stuck = seqs.length === 0 ? [] : task.stuck.filter((seq) => !seqs.includes(seq));
      this.#change(task, { later: task.stuck.length, filesDone: task.view.files - task.stuck.length });
      if (task.stuck.length === 0) this.#begin(task);
    }
    this.#settle(task, again, again.length);
  }

  /** Gives files up. */
  dismissFailed(id: string, seqs: readonly number[]): void {
    const task = this.#task(id);
    if (task.view.result === null) refuse("invalid", "Files can be given up once the drop is being filed.");
    this.#settle(
      task,
      task.problems.filter(({ seq }) => seqs.length === 0 || seqs.includes(seq)),
      0,
    );
  }

  /** Files that are still to be filed. */
  queue(id: string, from: number, limit: number): QueueView[] {
    const task = this.#task(id);
    const { box, view, stuck } = task;
    if (box === null) return [];
    const begun = view.filesDone;
    const open = Array.from({ length: view.files }, (_, seq) => seq).slice(Math.max(from, begun));
    const rows = boxRows(box, "new", 0, view.files);
    const row = (seq: number, rest: Pick<QueueView, "standing" | "until" | "reason">): QueueView => {
      const { name, folder, size } = rows[seq] ?? {
        name: `Exhibit ${String(seq)}.pdf`,
        folder: box.name,
        size: 48_200,
      };
      return { seq, name, folder, size, ...rest };
    };
    const until = this.#around.clock.now() + 40_000;
    const waits = view.later > 0 && from === 0 ? stuck : [];
    return [
      ...waits.map((seq) => row(seq, { standing: "waits", until, reason: notTaken })),
      ...(view.later > 0 ? [] : open.slice(0, limit)).map((seq) =>
        row(seq, { standing: seq - begun < 3 ? "begun" : "queued", until: null, reason: null }),
      ),
    ];
  }

  /** Removes files from a drop. */
  removeFiles(id: string, seqs: readonly number[]): number {
    const task = this.#task(id);
    const result = task.view.result ?? nothing;
    task.stuck = task.stuck.filter((seq) => !seqs.includes(seq));
    const cancelled = result.cancelled + seqs.length;
    this.#change(task, {
      files: task.view.files - seqs.length,
      later: task.view.later > 0 ? task.stuck.length : 0,
      result: { ...result, cancelled },
    });
    if (task.view.phase === "held" && task.stuck.length === 0) this.#begin(task);
    return seqs.length;
  }

  /** Looks for missing files: in a folder all are found, and as a file only a different one. */
  locate(id: string, seqs: readonly number[], place: LocateIn): LocatedView {
    const task = this.#task(id);
    const gone = task.problems.filter(({ code, seq }) =>
      place === "folder" ? code === "vanished" : seqs.includes(seq),
    );
    if (place === "file") {
      return { found: 0, different: gone.map(({ folder, name }) => `${folder}/${name}`), missing: 0 };
    }
    this.#settle(task, gone, gone.length);
    return { found: gone.length, different: [], missing: 0 };
  }

  /** The report of a restore or a check. */
  report(id: string): ReportView {
    const { report, view } = this.#task(id);
    return (view.result && report) ?? refuse("invalid", "There is nothing to report yet.");
  }

  #settle(task: Task, gone: readonly ProblemView[], stored: number): void {
    task.problems = task.problems.filter((problem) => !gone.includes(problem));
    const result = task.view.result ?? nothing;
    this.#change(task, {
      attention: task.problems.length,
      result: { ...result, stored: result.stored + stored, failed: result.failed - stored },
    });
  }

  #view(kind: WorkKind, matter: string | null, names: string[], phase: WorkPhase): WorkView {
    return {
      id: `${kind}-${String(this.#next++)}`,
      kind,
      matter,
      names,
      started: this.#around.clock.now(),
      phase,
      files: 0,
      filesDone: 0,
      bytes: 0,
      bytesDone: 0,
      rate: null,
      secondsLeft: null,
      preflight: null,
      result: null,
      later: 0,
      attention: 0,
      reason: null,
    };
  }

  #task(id: string): Task {
    const found = this.#tasks.find(({ view }) => view.id === id);
    return (
      found ??
      refuse("notFound", `There is nothing under way with the id ${id}. It may have been cleared away.`)
    );
  }

  #add(task: Task): string {
    this.#tasks.push(task);
    if (task.view.phase === "running") this.#begin(task);
    else this.#tell(task);
    this.#wake();
    return task.view.id;
  }

  /** Runs it, or queues it behind the running one. */
  #begin(task: Task): void {
    const busy = this.#tasks.some((other) => other !== task && other.view.phase === "running");
    this.#change(task, { phase: busy ? "inLine" : "running", reason: null });
    this.#wake();
  }

  #hold(task: Task): void {
    this.#change(task, {
      phase: "held",
      rate: null,
      secondsLeft: null,
      reason: `${notReached} ${triedAgain}`,
    });
  }

  #nextInLine(): void {
    const next = this.#tasks.find(({ view }) => view.phase === "inLine");
    if (next !== undefined) this.#begin(next);
  }

  #change(task: Task, change: Partial<WorkView>): void {
    task.view = { ...task.view, ...change };
    this.#tell(task);
  }

  #tell({ view }: Task): void {
    this.#around.tell({ kind: "work", work: view });
  }

  #wake(): void {
    this.#stop ??= this.#around.clock.every(tick, () => {
      for (const task of [...this.#tasks]) this.#step(task);
      if (!this.#tasks.some(({ view }) => view.phase === "reading" || view.phase === "running")) {
        this.#stop?.();
        this.#stop = null;
      }
    });
  }

  #step(task: Task): void {
    if (task.view.phase === "reading") this.#read(task);
    else if (task.view.phase === "running") this.#move(task);
  }

  #read(task: Task): void {
    if (task.box === null) return;
    const { preflight } = task.box;
    task.ran += tick / 1000;
    const share = Math.min(1, task.ran / secondsToRead);
    // Folders are found faster than files are read.
    const files = Math.round(preflight.found * Math.min(1, share * 1.6));
    const bytesDone = Math.round(preflight.bytes * share);
    this.#change(task, {
      files,
      filesDone: Math.round(preflight.found * share),
      bytes: preflight.bytes,
      bytesDone,
    });
    if (share < 1) return;
    task.ran = 0;
    this.#change(task, { phase: "ready", preflight, attention: task.problems.length });
    if (this.#around.fileAtOnce()) this.file(task.view.id);
  }

  #move(task: Task): void {
    task.ran += tick / 1000;
    const share = Math.min(1, task.ran / secondsToRun);
    const { files, bytes } = task.view;
    const filesDone = Math.round(files * share);
    const bytesDone = Math.round(bytes * share);
    const known = task.ran >= 1.5 && share < 1;
    const rate = known && bytes > 0 ? bytes / secondsToRun : null;
    const secondsLeft = known ? Math.ceil(secondsToRun - task.ran) : null;
    this.#change(task, {
      filesDone,
      bytesDone,
      rate,
      secondsLeft,
      // A restore or a check is reported once it is done.
      ...(task.box === null && share < 1 ? {} : { result: resultAt(task, filesDone, bytesDone) }),
    });
    if (share < 1) return;
    const attention = (task.report ?? task).problems.length;
    if (task.stuck.length > 0) {
      const waits = task.stuck.length;
      // Accepted at the next attempt.
      this.#change(task, {
        phase: "held",
        rate: null,
        secondsLeft: null,
        later: waits,
        attention,
        filesDone: files - waits,
        reason: notTaken,
      });
      this.#nextInLine();
      return;
    }
    this.#change(task, { phase: "finished", rate: null, secondsLeft: null, attention });
    if (task.box !== null) this.#around.filed(task.view, task.box);
    this.#nextInLine();
  }
}

/** Its results once this many files are done: new ones first. */
function resultAt({ box, view, report }: Task, done: number, bytes: number): ResultView {
  if (box === null) {
    const failed = report?.problems.length ?? 0;
    return {
      ...nothing,
      stored: Math.max(0, done - failed),
      failed: done === view.files ? failed : 0,
      // One of four documents was received in two places.
      documents: view.kind === "restore" ? Math.ceil((view.files * 4) / 5) : 0,
      bytes,
    };
  }
  const { new: fresh, already, repeated, leftOut } = box.preflight;
  const stored = Math.min(done, fresh);
  const known = Math.min(done - stored, already + repeated);
  const cancelled = view.result?.cancelled ?? 0;
  const failed = Math.max(0, done - stored - known);
  return { ...nothing, stored, already: known, failed, cancelled, leftOut, bytes };
}

function ended({ phase }: WorkView): boolean {
  return phase === "finished" || phase === "cancelled" || phase === "failed";
}
