/**
 * The provenance of a document as a value: the copied text and the printed page are both made from it, so that they
 * never differ.
 */

import type { DocumentView, EventView, MatterView } from "../backend";
import { dateTime, exactTime, size } from "../format";
import { visible } from "../format/visible";
import { t } from "../text";
import { why } from "../text/reasons";

/** A row of a table, one text per column. */
export type Row = readonly string[];

/** Everything known about a document, in the user's language. */
export interface Provenance {
  title: string;
  name: string;
  /** Its properties, each with its label. */
  facts: [label: string, value: string][];
  /** Every place it came from, newest first. */
  places: { columns: Row; rows: Row[] };
  /** All its events, oldest first. */
  events: { columns: Row; rows: Row[] };
  /** Who created this report, and when. */
  foot: string[];
}

/** The source of the report. */
export interface Written {
  document: DocumentView;
  /** The name it is shown under. */
  name: string;
  matters: readonly MatterView[];
  /** The version of this program. */
  version: string;
  /** The present, milliseconds since 1970. */
  now: number;
  /** The user's time zone, as in `Europe/Berlin`. */
  zone: string;
}

/** The digits of a SHA-256 in groups of four, for reading aloud. */
export function grouped(digits: string): string {
  return digits.match(/.{1,4}/g)?.join(" ") ?? "";
}

/** The events with a place: those after which the content was in the vault, newest first. */
export function placesOf(events: readonly EventView[]): EventView[] {
  return events.filter(({ kind }) => kind === "stored" || kind === "already").reverse();
}

/** The number and title of a matter, if it is known. */
export function matterTitle(matters: readonly MatterView[], id: string): string {
  const matter = matters.find((one) => one.id === id);
  return matter ? [matter.number, matter.title].filter(Boolean).join(" ") : id;
}

/** Writes it down. */
export function provenance({ document, name, matters, version, now, zone }: Written): Provenance {
  const { columns, ...words } = t.document.provenance;
  const place = (event: EventView): Row => [
    visible(event.folder) || t.document.places.top,
    visible(event.name),
    event.person,
    exactTime(event.at),
    event.source === null ? event.device : `${event.device}: ${visible(event.source)}`,
    matterTitle(matters, event.matter),
  ];
  const happened = (event: EventView): Row => [
    exactTime(event.at),
    t.document.history[event.kind] +
      (event.reason === null ? "" : `: ${visible(why({ ...event, reason: event.reason }))}`),
    visible(event.folder === "" ? event.name : `${event.folder}/${event.name}`),
    event.person,
    event.device,
  ];
  const records = document.records.map((record): [string, string] => [
    t.document.provenance.name,
    `${visible(record.name)} · ${t.document.names.modified(dateTime(record.modified))} · ${record.matterNumber} ${record.matterTitle}`,
  ]);
  return {
    title: words.title,
    name: visible(name),
    facts: [
      [t.document.facts.fingerprint, document.content],
      [t.document.facts.size, t.document.facts.bytes(size(document.size), document.size)],
      ...records,
    ],
    places: {
      columns: [columns.folder, columns.name, columns.person, columns.when, columns.device, columns.matter],
      rows: placesOf(document.events).map(place),
    },
    events: {
      columns: [columns.when, words.what, columns.name, columns.person, columns.device],
      rows: document.events.map(happened),
    },
    foot: [words.made(exactTime(now), version), words.zone(zone)],
  };
}

/** The same as text: one fact per line, in groups. */
export function asText({ title, name, facts, places, events, foot }: Provenance): string {
  const table = (heading: string, { columns, rows }: Provenance["places"]): string[] => [
    "",
    heading,
    ...rows.flatMap((row) => ["", ...row.map((value, at) => `  ${columns[at] ?? ""}: ${value}`)]),
  ];
  return [
    title,
    name,
    "",
    ...facts.map(([label, value]) => `${label}: ${value}`),
    ...table(t.document.places.title, places),
    ...table(t.document.provenance.events, events),
    "",
    ...foot,
    "",
  ].join("\n");
}
