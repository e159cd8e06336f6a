/** Texts of the search over everything. */

export const search = {
  title: "Search",
  placeholder: "Search clients, matters, folders and documents",
  groups: {
    recent: "Filed to last",
    clients: "Clients",
    matters: "Matters",
    folders: "Folders",
    files: "Documents",
  },
  none: (words: string) => `Nothing has words that begin with “${words}”.`,
  hint: "Parts of names find them: “mast agr” finds “Master Agreement”.",
  results: (count: number) => (count === 1 ? "1 found" : `${String(count)} found`),
  loading: "Searching…",
  from: (sources: string) => `from ${sources}`,
  inMatter: (matter: string) => `in ${matter}`,
  move: "Move",
  open: "Open",
  leave: "Leave",
  matters: (count: number) => (count === 1 ? "1 matter" : `${String(count)} matters`),
};
