/** Texts of the search over everything. */

export const search = {
  title: "Search",
  placeholder: "Search clients, matters, folders and documents",
  groups: {
    recent: "Recently filed to",
    clients: "Clients",
    matters: "Matters",
    folders: "Folders",
    files: "Documents",
  },
  none: (words: string) => `No results for “${words}”.`,
  hint: "Type the beginning of any words: “mast agr” finds “Master Agreement”.",
  results: (count: number) => (count === 1 ? "1 found" : `${String(count)} found`),
  loading: "Searching…",
  from: (sources: string) => `from ${sources}`,
  inMatter: (matter: string) => `in ${matter}`,
  move: "Move",
  open: "Open",
  leave: "Close",
  matters: (count: number) => (count === 1 ? "1 matter" : `${String(count)} matters`),
};
