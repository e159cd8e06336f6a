/** The list on the left as a value: which matters, grouped by client, in which order. */

import type { ClientView, MatterView } from "../backend";

/** Which matters are listed. */
export type Filter = "active" | "closed" | "onHold" | "mine";

/** Their sort order. */
export type Order = "number" | "title" | "lastFiled";

/** A client with its matters: the firm itself, a client, or none. */
export interface Group {
  /** The key of the group. */
  key: string;
  client: ClientView | null;
  /** Whether these are the firm's own matters. */
  firm: boolean;
  /** Empty only for a client that has no matter at all. */
  matters: MatterView[];
}

/** The id of the firm's own matter. */
export const firmsOwn = "general";

const passes: Record<Filter, (matter: MatterView) => boolean> = {
  active: (matter) => matter.status === "active",
  closed: (matter) => matter.status === "closed",
  onHold: (matter) => matter.status === "onHold",
  mine: (matter) => matter.mine && matter.status !== "closed",
};

/**
 * Groups the matters that pass the filter. Clients without matters are listed with the active ones, so that one can be
 * added.
 */
export function groups(
  clients: readonly ClientView[],
  matters: readonly MatterView[],
  filter: Filter,
  order: Order,
  locale: string,
): Group[] {
  const compare = comparison(order, locale);
  const byClient = new Map<string | null, MatterView[]>();
  const kept = new Set<string | null>();
  for (const matter of matters) {
    if (matter.removed) continue;
    kept.add(matter.client);
    if (!passes[filter](matter)) continue;
    const key = matter.id === firmsOwn ? firmsOwn : matter.client;
    byClient.set(key, [...(byClient.get(key) ?? []), matter]);
  }
  const known = new Set(clients.map((client) => client.id));
  const list: Group[] = [];
  for (const client of clients) {
    const its = byClient.get(client.id)?.sort(compare) ?? [];
    const unused = filter === "active" && client.active && !client.removed && !kept.has(client.id);
    if (its.length > 0 || unused) list.push({ key: client.id, client, firm: false, matters: its });
  }
  if (order === "lastFiled") list.sort((one, other) => latest(other) - latest(one));
  const general = byClient.get(firmsOwn);
  if (general) list.unshift({ key: firmsOwn, client: null, firm: true, matters: general });
  const others = [...byClient].filter(([key]) => key === null || (key !== firmsOwn && !known.has(key)));
  const orphans = others.flatMap(([, its]) => its).sort(compare);
  if (orphans.length > 0) list.push({ key: "", client: null, firm: false, matters: orphans });
  return list;
}

function latest({ matters }: Group): number {
  return Math.max(-Infinity, ...matters.map((matter) => matter.lastFiled ?? -Infinity));
}

function comparison(order: Order, locale: string): (one: MatterView, other: MatterView) => number {
  const { compare } = new Intl.Collator(locale, { numeric: true });
  const byNumber = (one: MatterView, other: MatterView) => compare(one.number, other.number);
  switch (order) {
    case "number":
      return byNumber;
    case "title":
      return (one, other) => compare(one.title, other.title) || byNumber(one, other);
    case "lastFiled":
      return (one, other) => (other.lastFiled ?? 0) - (one.lastFiled ?? 0) || byNumber(one, other);
  }
}

/** A row of the list that keys can reach: a matter, or a client without one. */
export type Row =
  | { key: string; matter: MatterView; client: ClientView | null }
  | { key: string; matter: null; client: ClientView };

/** The rows of all groups, from top to bottom. */
export function rows(list: readonly Group[]): Row[] {
  return list.flatMap(({ client, matters }): Row[] => {
    if (matters.length === 0 && client) return [{ key: `client-${client.id}`, matter: null, client }];
    return matters.map((matter) => ({ key: `matter-${matter.id}`, matter, client }));
  });
}

/**
 * The next row after `from`, wrapping around, whose number, title or client begins with the typed text; -1 if none
 * does.
 */
export function typedAhead(list: readonly Row[], from: number, typed: string): number {
  const wanted = typed.toLocaleLowerCase();
  for (let step = 0; step < list.length; step += 1) {
    const at = (from + step) % list.length;
    const row = list[at];
    const names = [row?.matter?.number, row?.matter?.title, row?.client?.name];
    if (names.some((name) => name?.toLocaleLowerCase().startsWith(wanted))) return at;
  }
  return -1;
}
