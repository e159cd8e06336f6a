/** Search results, as a list to choose from. */

import type { ClientView, MatterView, SearchView } from "../backend";
import type { IconName } from "../controls/icons";
import { conjunction } from "../format";
import { visible } from "../format/visible";
import { placeNaming } from "../matter/files/place";
import type { App } from "../state/app.svelte";
import { t } from "../text";

/** Something to choose. */
export interface Result {
  key: string;
  icon: IconName;
  title: string;
  /** Its location; empty if the title includes it. */
  detail: string;
  open: (app: App) => void;
}

/** A group of results. */
export interface Group {
  title: string;
  results: Result[];
}

/** The number of matters offered before the user types. */
const few = 6;

function matterResult({ id, number, title, clientName }: MatterView): Result {
  return {
    key: `matter ${id}`,
    icon: "matter",
    title: [number, title].filter(Boolean).join(" "),
    detail: clientName ?? "",
    open: (app) => {
      app.openMatter(id);
    },
  };
}

function clientResult(client: ClientView, matters: readonly MatterView[]): Result {
  const own = matters.filter((matter) => matter.client === client.id && !matter.removed);
  return {
    key: `client ${client.id}`,
    icon: "client",
    title: client.name,
    detail: t.search.matters(own.length),
    open: (app) => {
      const first = own.find(({ status }) => status === "active") ?? own[0];
      if (first) app.openMatter(first.id);
      else app.overlay = { kind: "newMatter", client: client.id };
    },
  };
}

/** Recently used matters: offered before the user types. */
export function recent(matters: readonly MatterView[]): Group[] {
  const filed = matters.filter(({ lastFiled, removed }) => lastFiled !== null && !removed);
  const latest = filed.sort((a, b) => (b.lastFiled ?? 0) - (a.lastFiled ?? 0)).slice(0, few);
  return latest.length === 0 ? [] : [{ title: t.search.groups.recent, results: latest.map(matterResult) }];
}

/** The results by group; empty groups are left out. */
export function grouped(
  { clients, matters, folders, files }: SearchView,
  all: { clients: readonly ClientView[]; matters: readonly MatterView[] },
  words: string,
): Group[] {
  const named = (id: string): string => {
    const matter = all.matters.find((one) => one.id === id);
    return matter ? matterResult(matter).title : "";
  };
  const found = <T extends { id: string }>(ids: readonly string[], from: readonly T[]): T[] =>
    ids.flatMap((id) => from.find((one) => one.id === id) ?? []);
  const groups: Group[] = [
    {
      title: t.search.groups.clients,
      results: found(clients, all.clients).map((client) => clientResult(client, all.matters)),
    },
    { title: t.search.groups.matters, results: found(matters, all.matters).map(matterResult) },
    {
      title: t.search.groups.folders,
      results: folders.map(({ matter, path }) => ({
        key: `folder ${matter} ${path}`,
        icon: "folder",
        title: visible(path),
        detail: named(matter),
        open: (app) => {
          app.openMatter(matter, { folder: path });
        },
      })),
    },
    {
      title: t.search.groups.files,
      results: files.map(({ file: { id, matter, content, name, folders }, sources }) => {
        const folder = placeNaming(folders, words);
        const from = sources.length === 0 ? "" : t.search.from(conjunction(sources.map(visible)));
        return {
          key: `file ${matter} ${id}`,
          icon: "file",
          title: visible(name),
          detail: [visible(folder), named(matter), from].filter(Boolean).join(" · "),
          open: (app) => {
            app.openMatter(matter, { folder });
            app.openDocument({ content, matter, id });
          },
        };
      }),
    },
  ];
  return groups.filter(({ results }) => results.length > 0);
}
