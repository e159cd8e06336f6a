/** The texts about unreadable entries of the firm's vault. */

import type { UnreadableEntries, UnreadableEntry } from "../backend";
import { visible } from "../format/visible";
import type { App } from "../state/app.svelte";
import { t } from "../text";

type Known = Pick<App, "clients" | "matterOf">;

/** The description of an entry, with its matter if that is known here. */
export function whatItIs({ what }: UnreadableEntry, app: Known): string {
  const { what: words } = t.firm.unreadable;
  if (what.kind === "client") {
    const client = app.clients.find(({ id }) => id === what.id);
    return client ? words.clientNamed(visible(client.name)) : words.client;
  }
  if (what.kind === "matter") {
    const matter = app.matterOf(what.id);
    if (!matter) return words.matter;
    return matter.number === "" ? words.matterGeneral : words.matterNumbered(visible(matter.number));
  }
  if (what.kind === "person" || what.kind === "other") return words[what.kind];
  return words[what.kind](ofMatter(what.matter, app));
}

function ofMatter(id: string, app: Known): string {
  const { ofMatter: words } = t.firm.unreadable;
  const matter = app.matterOf(id);
  if (!matter) return words.unknown;
  return matter.number === "" ? words.general : words.numbered(visible(matter.number));
}

/** The program's message about a field; the surrounding text is shown elsewhere. */
const noUsable =
  /^The document .* has no usable “(.*)”\. It was not written by Strongroom; ask your administrator\.$/su;

/** The problem: our own sentence if its kind is known, otherwise the one that came with it. */
export function whyNot({ reason }: UnreadableEntry): string {
  const field = noUsable.exec(reason)?.[1];
  return field === undefined ? visible(reason) : t.firm.unreadable.field(visible(field));
}

/** Whether an earlier version of it is shown: it was readable before. */
export function isShownAsBefore({ what }: UnreadableEntry, app: Known): boolean {
  if (what.kind === "client") return app.clients.some(({ id }) => id === what.id);
  return what.kind === "matter" && app.matterOf(what.id) !== null;
}

/** The list as text, to be sent to the administrator of the firm's vault. */
export function asText({ count, first }: UnreadableEntries, app: Known): string {
  const lines = first.map((entry) => `  ${visible(entry.path)}: ${whatItIs(entry, app)}. ${whyNot(entry)}`);
  const rest = count - first.length;
  if (rest > 0) lines.push(`  ${t.firm.unreadable.rest(rest)}`);
  return `${[t.firm.unreadable.title(count), ...lines].join("\n")}\n`;
}
