/** Search in a fake vault: matches beginnings of words. */

import type { SearchView } from "../bindings";
import { foldersOf, sourcesOf, type Vault } from "./vault";

/** The largest number of results of each kind. */
const most = 20;

/** Finds entries in which every word of `text` begins a word. */
export function find(vault: Vault, text: string): SearchView {
  const wanted = words(text);
  const found: SearchView = { clients: [], matters: [], folders: [], files: [] };
  if (wanted.length === 0) return found;
  const fits = (name: string): boolean => {
    const have = words(name);
    return wanted.every((want) => have.some((word) => word.startsWith(want)));
  };
  const matters = vault.matters.filter(({ removed }) => !removed);
  found.clients = vault.clients.filter(({ name, removed }) => !removed && fits(name)).map(({ id }) => id);
  found.matters = matters
    .filter(({ number, title, clientName }) => fits(`${number} ${title} ${clientName ?? ""}`))
    .map(({ id }) => id);
  for (const { id, files } of matters) {
    // Typing must not generate a hundred thousand documents.
    if (files > 50_000) continue;
    const folders = new Set<string>();
    for (const paper of vault.holdings(id).papers) {
      const own = foldersOf(paper);
      for (const path of own) folders.add(path);
      if (found.files.length < most && fits(`${paper.name} ${own.join(" ")}`))
        found.files.push({ file: vault.row(paper), sources: sourcesOf(vault, paper) });
    }
    for (const path of folders) {
      if (found.folders.length < most && fits(path.split("/").at(-1) ?? ""))
        found.folders.push({ matter: id, path });
    }
  }
  return found;
}

function words(text: string): string[] {
  return text
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== "");
}
