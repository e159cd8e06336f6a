/** The relevant place of a document: it may have been filed from several folders. */

import { fold } from "../../format/fold";

/** The place in this folder or below it that matched the filter, if it matched a folder; null if there is none. */
export function placeIn(folders: readonly string[], folder: string, filter: string): string | undefined {
  const inside = folders.filter((path) => isWithin(path, folder));
  const wanted = fold(filter.trim());
  const named = (path: string): boolean => fold(path.slice(folder.length)).includes(wanted);
  return (wanted === "" ? undefined : inside.find(named)) ?? inside[0];
}

/** The place whose folders contain most of these words. */
export function placeNaming(folders: readonly string[], words: string): string {
  const wanted = fold(words).split(/\s+/).filter(Boolean);
  const named = (path: string): number => wanted.filter((word) => fold(path).includes(word)).length;
  const [first = "", ...others] = folders;
  return others.reduce((best, path) => (named(path) > named(best) ? path : best), first);
}

function isWithin(path: string, folder: string): boolean {
  return folder === "" || path === folder || path.startsWith(`${folder}/`);
}
