/** A made-up law firm: its clients, its matters, and how many documents each has. */

import type { ClientView, MatterForm, MatterView, PriorityView, MatterState, Workspace } from "../bindings";

/** The people and computers of the firm. */
export const people = [
  { user: "dana", person: "Dana Ruiz", device: "Front desk PC" },
  { user: "james", person: "James Hale", device: "Laptop" },
  { user: "amira", person: "Amira Moore", device: "Office 2" },
] as const;

/** The firm as a vault. */
export const firm: Workspace = {
  local: false,
  name: "Hale & Moore LLP",
  user: "dana",
  person: "Dana Ruiz",
  device: "Front desk PC",
  firm: "hale-moore",
  email: "dana.ruiz@hale-moore.example",
  admin: false,
  training: false,
  remembered: true,
};

/** The vault of one computer. */
export const thisComputer: Workspace = {
  local: true,
  name: "",
  user: "dana",
  person: "Dana Ruiz",
  device: "Front desk PC",
  firm: null,
  email: "",
  admin: true,
  training: false,
  remembered: true,
};

/** A made-up matter: what is shown, and the documents that are generated for it on request. */
export interface MatterSeed {
  view: MatterView;
  /** The names of the dropped folders, one drop each, oldest first; the documents are spread over them. */
  drops: readonly string[];
}

const day = (year: number, month: number, date: number): number => Date.UTC(year, month - 1, date);

function client(id: string, name: string, rest: Partial<ClientView> = {}): ClientView {
  return {
    id,
    name,
    email: "",
    phone: "",
    street: "",
    city: "",
    state: "",
    zip: "",
    active: true,
    removed: false,
    updatedAt: day(2026, 1, 5),
    waiting: false,
    ...rest,
  };
}

/** Clients by name. */
export function clients(): ClientView[] {
  return [
    client("abc", "ABC Corporation", {
      email: "legal@abc.example",
      phone: "+1 555 0100",
      street: "1 Main Street",
      city: "Springfield",
      state: "IL",
      zip: "62701",
    }),
    client("okafor", "Estate of M. Okafor", { email: "executor@okafor.example" }),
    client("mueller", "Müller & Söhne GmbH", { city: "Köln", zip: "50667" }),
    client("northwind", "Northwind Trading", { city: "Seattle", state: "WA" }),
    client("harbour", "Old Harbour Trust", { removed: true }),
    client("prior", "Prior & Partners (dissolved)", { active: false }),
    client("noor", "شركة النور للتجارة"),
  ];
}

interface Made extends Partial<MatterForm> {
  files?: number;
  clientName?: string;
  removed?: boolean;
}

function matter(number: string, title: string, made: Made, drops: string[]): MatterSeed {
  const { files = 0, clientName = null, removed = false, ...form } = made;
  const assignedTo = form.assignedTo ?? [];
  return {
    drops,
    view: {
      id: number === "" ? "general" : `m-${number}`,
      number,
      title,
      description: "",
      client: null,
      status: "active" satisfies MatterState,
      priority: "medium" satisfies PriorityView,
      assignedTo,
      opened: null,
      due: null,
      ...form,
      clientName,
      mine: assignedTo.includes("dana"),
      people: people.filter(({ user }) => assignedTo.includes(user)).map(({ person }) => person),
      files,
      lastFiled: files > 0 ? Date.UTC(2026, 10, 12, 10, 31) : null,
      removed,
      updatedAt: day(2026, 11, 1),
      waiting: false,
    },
  };
}

const abc = { client: "abc", clientName: "ABC Corporation" };
const okafor = { client: "okafor", clientName: "Estate of M. Okafor" };
const mueller = { client: "mueller", clientName: "Müller & Söhne GmbH" };
const northwind = { client: "northwind", clientName: "Northwind Trading" };
const noor = { client: "noor", clientName: "شركة النور للتجارة" };

/** The matter a vault always has. */
export function generalMatter(files = 0): MatterSeed {
  return matter("", "Firm documents", { files }, files > 0 ? ["Firm", "Templates"] : []);
}

/** Matters by number, the firm's own first. */
export function matters(archive: number): MatterSeed[] {
  const weeks = Array.from({ length: 120 }, (_, week) => `Week ${String(week + 1).padStart(3, "0")}`);
  return [
    generalMatter(214),
    matter("2019-001", "Discovery archive", { ...northwind, files: archive }, [
      "Archive disk 1",
      "Archive disk 2",
      "Archive disk 3",
    ]),
    matter("2021-009", "Lease of the old office", { ...abc, files: 12, removed: true }, ["Lease"]),
    matter(
      "2022-045",
      "Share purchase — Lakeside Holdings",
      { ...northwind, files: 412, status: "closed", opened: day(2022, 3, 14) },
      ["Data room", "Signing"],
    ),
    matter("2023-112", "Probate and inventory", { ...okafor, files: 5_610, assignedTo: ["amira"] }, weeks),
    matter(
      "2024-001",
      "Contract Review — software licence",
      {
        ...abc,
        files: 2_284,
        priority: "high",
        assignedTo: ["dana", "james"],
        opened: day(2024, 1, 4),
        due: day(2026, 11, 30),
        description: "Review of the master services agreement and its amendments before renewal.",
      },
      ["Scans", "USB stick", "Client binder"],
    ),
    matter(
      "2024-017",
      "Lease dispute, 12 Harbour Street",
      { ...abc, files: 96, priority: "low", assignedTo: ["dana"], opened: day(2024, 6, 3) },
      ["Lease file"],
    ),
    matter("2024-020", "Employment — separation agreements", { ...northwind, files: 1_340 }, [
      "HR export",
      "Second box",
    ]),
    matter(
      "2025-003",
      "Trademark opposition (EUIPO)",
      { ...mueller, files: 318, status: "onHold", assignedTo: ["james"], opened: day(2025, 2, 17) },
      ["Akten", "Schriftsätze"],
    ),
    matter(
      "2025-014",
      "Investigation into the supply of refrigerated containers between Rotterdam and Valparaíso, including all correspondence with the insurers, the surveyors and the port authorities",
      { ...northwind, files: 743, due: day(2027, 1, 15) },
      ["Correspondence", "Surveyors"],
    ),
    matter("2025-027", "نزاع تجاري — عقد توريد", { ...noor, files: 57, assignedTo: ["dana"] }, [
      "ملفات العميل",
    ]),
    matter("2026-011", "New engagement — scope to be agreed", { ...mueller, opened: day(2026, 11, 20) }, []),
  ];
}
