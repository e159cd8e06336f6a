/** Texts of the left region: the vault, its clients and matters. */

import { counted } from "../counted";
import { documents } from "./counted";

export const sidebar = {
  label: "Matters",
  local: "On this computer",
  search: "Search matters and files",
  filter: "Filter matters",
  filters: { active: "Active", closed: "Closed", onHold: "On hold", mine: "Mine" },
  sort: "Sort by",
  sorts: { number: "Number", title: "Title", lastFiled: "Last filed" },
  newMatter: "New matter",
  newMatterFor: (client: string) => `New matter for ${client}`,
  newClient: "New client",
  firm: "Firm",
  withoutClient: "Without a client",
  noMatters: "No matters yet",
  documents,
  waiting: (count: number) => counted("en", count, { one: "waiting", other: "waiting" }),
  empty: {
    active: "No active matters.",
    closed: "No closed matters.",
    onHold: "No matters on hold.",
    mine: "No matters are assigned to you.",
  },
  /** The same, where the firm's own matter is listed. */
  noOther: {
    active: "No other active matters.",
    closed: "No other closed matters.",
    onHold: "No other matters on hold.",
    mine: "No other matters are assigned to you.",
  },
  removed: (count: number) => `Removed (${String(count)})`,
  bringBack: "Bring back",
  bringBackNamed: (name: string) => `Bring back ${name}`,
  broughtBack: (name: string) => `${name} was brought back.`,
  settings: "Settings",
  help: "Keyboard shortcuts",
  about: "About Strongroom",
  clockBehind: (clock: string, newest: string) =>
    `This computer’s clock shows ${clock}, but the newest entry is from ${newest}. Check the date and time.`,
};
