/** The history of a fake vault: the drops of a matter, and what happened to each file. */

import type { DropsPageView, EventKindView, EventsPageView, EventView, ReportProblem } from "../bindings";
import { chance, digits } from "./chance";
import { START } from "./clock";
import { type MatterSeed, people } from "./firm";
import { dropId, type Paper, type Place } from "./papers";
import type { Drop, Vault } from "./vault";

const dropsOnPage = 50;
const eventsOnPage = 200;

/** The drops of a matter, oldest first; they end ten days before the vault begins. */
export function makeDrops({ view, drops }: MatterSeed, papers: readonly Paper[]): Drop[] {
  const made = drops.map((name, number) => makeDrop(view.id, name, number, drops.length));
  const byId = new Map(made.map((drop) => [drop.view.id, drop]));
  for (const paper of papers) {
    for (const [at, place] of paper.places.entries()) {
      const drop = byId.get(place.drop)?.view;
      if (drop === undefined) continue;
      drop.bytes += paper.size;
      if (at > 0) drop.already += 1;
      else {
        drop.stored += 1;
        drop.bytesStored += paper.size;
      }
    }
  }
  const last = made.at(-1);
  if (view.id === "m-2024-001" && last !== undefined) troubled(last);
  if (view.id === "m-2024-020" && last !== undefined) brokenOff(last);
  return made;
}

function makeDrop(matter: string, name: string, number: number, of: number): Drop {
  const random = chance(`${matter}/drop/${String(number)}`);
  const who = people[number % people.length] ?? people[0];
  const started =
    START - 10 * 86_400_000 - (of - 1 - number) * 5 * 86_400_000 - Math.floor(random() * 3_600_000);
  return {
    extra: [],
    view: {
      id: dropId(matter, number),
      matter,
      person: who.person,
      device: who.device,
      names: [name],
      places: [number % 2 === 0 ? `E:\\${name}` : `/media/usb/${name}`],
      started,
      finished: started + 40_000 + Math.floor(random() * 200_000),
      stored: 0,
      already: 0,
      failed: 0,
      interrupted: 0,
      leftOut: number % 3 === 2 ? 2 : 0,
      bytes: 0,
      bytesStored: 0,
      here: who.user === "dana",
      attention: 0,
    },
  };
}

/** Two of its files failed. */
function troubled({ view, extra }: Drop): void {
  view.failed = 2;
  extra.push(
    outcome(view, "failed", "Invoices 2023.xlsx", "Open in another program. Close it there and try again."),
    outcome(
      view,
      "failed",
      "Old mailbox.pst",
      "No longer there. Bring it back or reconnect its drive and try again, or say where it is now.",
    ),
  );
}

/** The computer stopped in the middle of it. */
function brokenOff({ view, extra }: Drop): void {
  view.finished = null;
  view.interrupted = 14;
  for (let number = 1; number <= 14; number++) {
    extra.push(outcome(view, "interrupted", `Separation agreement ${String(number)}.pdf`, null));
  }
}

function outcome(drop: Drop["view"], kind: EventKindView, name: string, reason: string | null): EventView {
  return {
    id: `${drop.id}/${name}`,
    kind,
    at: drop.started + 20_000,
    drop: drop.id,
    matter: drop.matter,
    name,
    folder: drop.names[0] ?? "",
    source: drop.places[0] ?? null,
    size: 48_200,
    modified: drop.started - 86_400_000,
    content: kind === "failed" ? "" : digits(name),
    person: drop.person,
    device: drop.device,
    appVersion: "0.1.0",
    reason,
  };
}

/** What happened to a document at one of its places. */
export function eventAt(vault: Vault, paper: Paper, place: Place): EventView {
  const drop = vault.holdings(paper.matter).drops.find(({ view }) => view.id === place.drop)?.view;
  return {
    id: `${paper.id}@${place.drop}/${place.folder}`,
    kind: place === paper.places[0] ? "stored" : "already",
    at: (drop?.started ?? START) + 15_000,
    drop: place.drop,
    matter: paper.matter,
    name: paper.name,
    folder: place.folder,
    source: drop?.places[0] ?? null,
    size: paper.size,
    modified: paper.modified,
    content: paper.content,
    person: drop?.person ?? "",
    device: drop?.device ?? "",
    appVersion: "0.1.0",
    reason: null,
  };
}

/** One page of drops, newest first. */
export function dropsPage(vault: Vault, matter: string | null, before: string | null): DropsPageView {
  const ids = matter === null ? vault.matters.map(({ id }) => id) : [vault.matter(matter).id];
  const all = ids
    .flatMap((id) => vault.holdings(id).drops.map(({ view }) => view))
    .sort((a, b) => b.started - a.started);
  const from = before === null ? 0 : Number(before);
  const to = from + dropsOnPage;
  return { drops: all.slice(from, to), next: to < all.length ? String(to) : null };
}

/** One page of the events of a drop, oldest first. */
export function eventsPage(
  vault: Vault,
  id: string,
  kinds: readonly EventKindView[],
  after: string | null,
): EventsPageView {
  const drop = vault.drop(id);
  if (drop === undefined) return { events: [], next: null };
  const { papers } = vault.holdings(drop.view.matter);
  const filed = papers.flatMap((paper) =>
    paper.places.filter((place) => place.drop === id).map((place) => ({ paper, place })),
  );
  const asked = (kind: EventKindView): boolean => kinds.length === 0 || kinds.includes(kind);
  const extra = drop.extra.filter(({ kind }) => asked(kind));
  const wanted = filed.filter(({ paper, place }) => asked(place === paper.places[0] ? "stored" : "already"));
  const from = after === null ? 0 : Number(after);
  const to = from + eventsOnPage;
  const events = [
    ...extra.slice(from, to),
    ...wanted
      .slice(Math.max(0, from - extra.length), Math.max(0, to - extra.length))
      .map(({ paper, place }) => eventAt(vault, paper, place)),
  ];
  return { events, next: to < extra.length + wanted.length ? String(to) : null };
}

/** The files left out of a drop. */
export function leftOutOf(vault: Vault, id: string): ReportProblem[] {
  const view = vault.drop(id)?.view;
  return ["Thumbs.db", "desktop.ini"].slice(0, view?.leftOut ?? 0).map((name) => ({
    path: `${view?.names[0] ?? ""}/${name}`,
    reason: `A system file (${name} on the left-out list).`,
  }));
}
