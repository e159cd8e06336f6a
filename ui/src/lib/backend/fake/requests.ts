/** The answers of a fake vault to each request. */

import type {
  FirmsView,
  MattersView,
  Offer,
  RestoreWhat,
  SettingsView,
  WindowEvent,
  Workspace,
} from "../bindings";
import type { FakeOptions } from "../fake";
import type { Answer, RequestName, Requests } from "../index";
import { openBox, together } from "./boxes";
import type { FakeClock } from "./clock";
import { dropsPage, eventAt, eventsPage, leftOutOf } from "./drops";
import { Copy } from "./copy";
import { createEdits } from "./edits";
import { find } from "./finding";
import { fileBox } from "./arriving";
import { Listings } from "./listings";
import { foldersOf, foldersIn, Vault } from "./vault";
import { opensHere, previewBytes, previewKind, previewText } from "./preview";
import { refuse } from "./refuse";
import { checkLeftOut, initialSettings, leftOut } from "./settings";
import { unreadableShown } from "./unreadable";
import { Works } from "./work";
import type { Paper } from "./papers";

/** The implementation of each request. */
export type Done = {
  [Name in RequestName]: (...args: Parameters<Requests[Name]>) => Answer<Name> | Promise<Answer<Name>>;
};

/** The requests that do not concern a single vault. */
export type AcrossVaults =
  | "firms"
  | "chooseConnection"
  | "connect"
  | "discardConnection"
  | "signIn"
  | "cancelSignIn"
  | "switchWorkspace"
  | "signOut"
  | "forgetFirm";

interface Given extends FakeOptions {
  clock: FakeClock;
  tell: (event: WindowEvent) => void;
  /** Whether it is a firm's vault rather than that of this computer. */
  ofFirm: boolean;
  /** The vault, and the others on this computer. */
  around: () => { workspace: Workspace; firms: FirmsView };
}

/** One vault: its answer to each request, and a way to drop something on it. */
export interface OpenVault {
  requests: Omit<Done, AcrossVaults>;
  offer: (names: string[]) => Offer;
  clipboard: string[];
  /** The copy of a firm's vault; none for the vault of this computer. */
  copy: Copy | null;
  works: Works;
}

/** A new vault. */
export function openVault({ clock, tell, ofFirm, around, ...options }: Given): OpenVault {
  const { firstStart = false, offline = false } = options;
  const vault = new Vault(firstStart || options.empty === true, options.archive);
  const listings = new Listings(vault);
  const clipboard: string[] = [];
  const offers = new Map<number, Offer>();
  let settings = initialSettings(options.settings);
  let welcomed = !firstStart;
  let nextOffer = 1;

  const all = (): MattersView => ({ clients: vault.clients, matters: vault.matters });
  const changed = (): void => {
    tell({ kind: "matters", matters: all() });
  };
  const copy = ofFirm ? new Copy({ clock, vault, offline, tell, changed }) : null;
  const works = new Works({
    clock,
    tell,
    offline: () => copy?.offline === true,
    fileAtOnce: () => settings.fileAtOnce,
    filed(work, box) {
      fileBox(vault, work, box, clock.now());
      changed();
      tell({ kind: "filed", matter: work.matter ?? "general" });
    },
  });

  function set(change: Partial<SettingsView>): SettingsView {
    settings = { ...settings, ...change };
    tell({ kind: "settings", settings });
    return settings;
  }

  function offer(names: string[]): Offer {
    const made = { id: nextOffer++, names };
    offers.set(made.id, made);
    return made;
  }

  /** The documents with this content, in every matter; the requested one first. */
  function papersOf(content: string, matter: string | null = null, id: string | null = null): Paper[] {
    const ids = vault.matters.filter(({ files }) => files <= 50_000).map((one) => one.id);
    if (matter !== null && !ids.includes(matter)) ids.unshift(matter);
    const found = ids.flatMap((one) =>
      vault.holdings(one).papers.filter((paper) => paper.content === content),
    );
    return found.sort((a, b) => Number(b.id === id) - Number(a.id === id));
  }

  function paperOf(content: string): Paper {
    for (const id of vault.bySize()) {
      const found = vault.holdings(id).papers.find((paper) => paper.content === content);
      if (found !== undefined) return found;
    }
    return refuse("notFound", "This document is no longer there.");
  }

  function seen(content: string): Paper {
    if (copy?.offline === true)
      refuse("tryLater", "This document is not on this computer, and there is no network. Try again later.");
    return paperOf(content);
  }

  function restored(what: RestoreWhat): { matter: string; name: string; files: number } {
    switch (what.kind) {
      case "document":
      case "documents": {
        const ids = what.kind === "document" ? [what.id] : what.ids;
        const first = vault.holdings(what.matter).papers.find(({ id }) => id === ids[0]);
        return { matter: what.matter, name: first?.name ?? "", files: ids.length };
      }
      case "folder": {
        const inside = (folder: string): boolean =>
          folder === what.path || folder.startsWith(`${what.path}/`);
        const files = vault
          .holdings(what.matter)
          .papers.filter((paper) => foldersOf(paper).some(inside)).length;
        return { matter: what.matter, name: what.path, files };
      }
      case "drop": {
        const drop = vault.drop(what.id)?.view ?? refuse("notFound", "This drop is no longer there.");
        return { matter: drop.matter, name: drop.names.join(", "), files: drop.stored + drop.already };
      }
      case "matter":
        return { matter: what.id, name: vault.matter(what.id).title, files: vault.matter(what.id).files };
    }
  }

  const requests: OpenVault["requests"] = {
    ...createEdits(vault, clock, copy, changed),
    snapshot: () => ({
      version: "0.0.0-fake",
      system: options.system ?? "linux",
      ...around(),
      settings,
      sync: copy?.sync ?? null,
      waitingEdits: copy?.edits ?? [],
      unreadable: copy?.unreadable.length ?? 0,
      matters: all(),
      work: works.views,
      welcomed,
      clockBehind: null,
    }),
    welcomed: () => {
      welcomed = true;
      return null;
    },
    folders: (matter, path) => foldersIn(vault.holdings(vault.matter(matter).id).papers, path),
    listFiles: (query) => listings.list(query),
    fileRows: (listing, offset, limit) => listings.rows(listing, offset, limit),
    drops: (matter, before) => dropsPage(vault, matter, before),
    dropEvents: (drop, kinds, after) => eventsPage(vault, drop, kinds, after),
    dropLeftOut: (drop) => leftOutOf(vault, drop),
    document(content, matter, id) {
      const papers = papersOf(content, matter, id);
      const first = papers[0] ?? refuse("notFound", "This document is no longer there.");
      const records = papers.map((paper) => {
        const { number, title } = vault.matter(paper.matter);
        const events = paper.places.map((place) => eventAt(vault, paper, place));
        return {
          id: paper.id,
          matter: paper.matter,
          matterNumber: number === "" ? "general" : number,
          matterTitle: title,
          name: paper.name,
          modified: paper.modified,
          folders: foldersOf(paper),
          storagePath: `teams/dana/matters/${paper.matter}/files/${content}`,
          person: events[0]?.person ?? "",
        };
      });
      const events = papers.flatMap((paper) => paper.places.map((place) => eventAt(vault, paper, place)));
      events.sort((a, b) => a.at - b.at);
      const preview = previewKind(first);
      return { content, size: first.size, records, events, preview, canOpen: opensHere(first.name) };
    },
    previewBytes: (content) => previewBytes(seen(content)),
    previewText: (content) => previewText(seen(content)),
    openDocument(content) {
      seen(content);
      return null;
    },
    copyText(text) {
      clipboard.push(text);
      return null;
    },
    printPage: () => null,
    search: (text) => find(vault, text),
    chooseFiles: () => offer(["Letter to the court.pdf", "Exhibit list.xlsx", "Call notes.txt"]),
    chooseFolder: () => offer(["Second box"]),
    submit(id, matter) {
      const taken = offers.get(id) ?? refuse("notFound", "This drop was let go. Drop it again.");
      const { status, number } = vault.matter(matter);
      if (status === "closed") refuse("invalid", `${number} is closed. Reopen it to file to it.`);
      offers.delete(id);
      return works.submit(together(taken.names.map(openBox)), taken.names, matter);
    },
    discard(id) {
      offers.delete(id);
      return null;
    },
    fileDrop(id) {
      works.file(id);
      return null;
    },
    preflightRows: (id, list, offset, limit) => works.rows(id, list, offset, limit),
    sameNames: (id) => works.sameNames(id),
    pause(id) {
      works.pause(id);
      return null;
    },
    resume(id) {
      works.resume(id);
      return null;
    },
    cancel(id) {
      works.cancel(id);
      return null;
    },
    clear(id) {
      works.clear(id);
      return null;
    },
    problems: (id) => works.problems(id),
    retry(id, seqs) {
      works.retry(id, seqs);
      return null;
    },
    dismissFailed(id, seqs) {
      works.dismissFailed(id, seqs);
      return null;
    },
    locate: (id, seqs, place) => works.locate(id, seqs, place),
    queue: (id, from, limit) => works.queue(id, from, limit),
    removeFiles: (id, seqs) => works.removeFiles(id, seqs),
    restore(what) {
      const { matter, name, files } = restored(what);
      const renamed =
        files > 1
          ? [
              { from: `${name}/CON`, to: `${name}/CON_`, source: null },
              { from: "Documents", to: "Documents (2)", source: "/media/usb/J. Hale/Documents" },
            ]
          : [];
      // Cameras and USB sticks store dates from 1980 on.
      const otherTimes =
        files > 1 ? [{ path: `${name}/Scan 0001.tif`, received: 0, restored: Date.UTC(1980, 0, 1) }] : [];
      const report = {
        destination: "/home/dana/Desktop/Back",
        renamed,
        otherTimes,
        unmarked: 0,
        problems: [],
        orphaned: [],
        doubles: [],
      };
      return works.run("restore", vault.matter(matter), [name], files, report);
    },
    verify() {
      const files = vault.matters.reduce((sum, matter) => sum + matter.files, 0);
      const path = "2024-001/Damaged scan.pdf";
      const reason =
        "Damaged: what is stored is not what was filed. Restore it from a backup, or file it again.";
      const problems = files > 2000 ? [{ path, reason }] : [];
      const orphaned = [
        { path: "teams/dana/matters/m-2024-001/files/0198c2f4-half-a-drop", size: 1_310_000 },
      ];
      const doubles = [
        {
          copies: [
            { path: "teams/dana/matters/general/files/4e07408562be", size: 84_000 },
            { path: "teams/dana/matters/general/files/4e07408562be.pdf", size: 84_000 },
          ],
          spare: 84_000,
        },
      ];
      return works.run("verify", null, [], files, {
        destination: "",
        renamed: [],
        otherTimes: [],
        unmarked: 0,
        problems,
        orphaned,
        doubles,
      });
    },
    report: (id) => works.report(id),
    reveal: () => null,
    saveSettings: (form) => set(form),
    saveLeftOut(text) {
      checkLeftOut(text);
      return set({ leftOut: text });
    },
    resetLeftOut: () => set({ leftOut }),
    chooseDataFolder: () => set({ nextDataFolder: "/media/dana/Office disk/Strongroom" }),
    revealDataFolder: () => null,
    copyDiagnostics() {
      clipboard.push("Strongroom 0.1.0 on linux x86_64\nVault: local\n");
      return null;
    },
    closeWindow(choice, remember) {
      if (remember) set({ onClose: choice });
      return null;
    },
    resolveEdit: (id, keep) => copy?.resolve(id, keep) ?? [],
    unreadable() {
      const all = copy?.unreadable ?? [];
      return { count: all.length, first: all.slice(0, unreadableShown) };
    },
    syncNow() {
      copy?.now();
      return null;
    },
  };
  return { requests, offer, clipboard, copy, works };
}
