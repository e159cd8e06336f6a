/** Made-up papers: names, folders, lengths and times, the same in every run. */

import { chance, digits, pick } from "./chance";
import type { MatterSeed } from "./firm";

/** A document of a fake vault: one name, time and content, and every time it was filed. */
export interface Paper {
  id: string;
  matter: string;
  readonly content: string;
  name: string;
  size: number;
  modified: number;
  /** Every place it was filed from, oldest first; there is at least one. */
  places: Place[];
  /** The name of an unusual document. */
  special?: "damaged" | "tooLarge";
}

/** One time a document was filed. */
export interface Place {
  drop: string;
  folder: string;
}

const kinds = ["pdf", "pdf", "pdf", "pdf", "docx", "docx", "eml", "xlsx", "jpg", "txt"] as const;
const subjects = [
  "Agreement",
  "Amendment",
  "Invoice",
  "Letter to counsel",
  "Memo",
  "Minutes",
  "Notice of breach",
  "Statement",
  "Deposition",
  "Exhibit",
  "Engagement letter",
  "Power of attorney",
  "Draft order",
  "Bank statement",
  "Valuation",
  "Vollmacht",
  "Klageschrift",
  "Schriftsatz",
  "Correspondence",
  "Signed copy",
  "Court filing",
  "Affidavit",
] as const;
const parties = [
  "ABC",
  "Northwind",
  "Okafor",
  "Lakeside",
  "Müller",
  "Harbour",
  "Registrar",
  "Insurer",
  "Landlord",
  "Supplier",
] as const;
const areas = [
  "Discovery",
  "Discovery/Depositions",
  "Discovery/Exhibits A–F",
  "Correspondence",
  "Correspondence/2023",
  "Correspondence/2024",
  "Correspondence/2025",
  "Drafts",
  "Drafts/Superseded",
  "Signed",
  "Financials",
  "Financials/Invoices",
  "Financials/Bank statements",
  "Court",
  "Court/Filings",
  "Court/Orders",
  "Notes",
  "Scans",
  "Evidence",
  "Evidence/Photographs",
] as const;

/** Length in bytes: mostly small, sometimes large. */
function length(random: () => number): number {
  return Math.round(1_800 * Math.exp(random() * random() * 9.2)) + Math.floor(random() * 900);
}

function time(random: () => number): number {
  return (
    Date.UTC(2019, 0, 7) + Math.floor(random() * 2_850) * 86_400_000 + Math.floor(random() * 50_000) * 1000
  );
}

/** The id of the drop a matter had under this number. */
export function dropId(matter: string, number: number): string {
  return `${matter}-drop-${String(number).padStart(3, "0")}`;
}

/** The documents of a matter. A hundred thousand take a moment, so they are generated on request. */
export function makePapers({ view, drops }: MatterSeed): Paper[] {
  const papers = view.id === "m-2024-001" ? sketched(view.id) : [];
  const archive = view.files >= 100_000;
  for (let number = papers.length; number < view.files; number++) {
    papers.push(makePaper(view.id, drops, number, view.files, archive));
  }
  return papers;
}

function makePaper(
  matter: string,
  drops: readonly string[],
  number: number,
  of: number,
  archive: boolean,
): Paper {
  const random = chance(`${matter}/${String(number)}`);
  const drop = Math.min(drops.length - 1, Math.floor((number / of) * drops.length));
  const top = drops[drop] ?? "";
  const subject = pick(random, subjects);
  const name = `${subject} ${pick(random, parties)} ${String(number + 1).padStart(4, "0")}.${pick(random, kinds)}`;
  const area = archive ? archiveFolder(random, number) : pick(random, areas);
  const places = [{ drop: dropId(matter, drop), folder: `${top}/${area}` }];
  const later = drops[drop + 1];
  if (later !== undefined && random() < 0.04) {
    places.push({ drop: dropId(matter, drop + 1), folder: `${later}/${pick(random, areas)}` });
  }
  const id = `${matter}-${String(number)}`;
  return {
    id,
    matter,
    // A hundred thousand documents are generated only on request.
    get content() {
      return digits(id);
    },
    name,
    size: length(random),
    modified: time(random),
    places,
  };
}

/** Half of an archive is in one folder, as scanners leave it. */
function archiveFolder(random: () => number, number: number): string {
  if (number % 2 === 0) return "Scans";
  return `Boxes/${String(2008 + Math.floor(random() * 12))}/Box ${String(1 + Math.floor(random() * 40)).padStart(2, "0")}`;
}

/** The documents shown in the sketch of the window, and those that test it. */
function sketched(matter: string): Paper[] {
  const binder = dropId(matter, 2);
  const discovery = "Client binder/Discovery";
  let next = 0;
  const paper = (name: string, size: number, modified: number, rest: Partial<Paper> = {}): Paper => ({
    id: `${matter}-${String(next++)}`,
    matter,
    content: digits(`sketched/${name}`),
    name,
    size,
    modified,
    places: [{ drop: binder, folder: discovery }],
    ...rest,
  });
  const at = (...[year, month, ...rest]: [number, number, number, number, number]): number =>
    Date.UTC(year, month - 1, ...rest);
  return [
    paper("Master Services Agreement (signed).pdf", 1_842_113, at(2023, 3, 3, 16, 4), {
      places: [
        { drop: dropId(matter, 0), folder: "Scans/2023" },
        { drop: dropId(matter, 1), folder: "USB stick/Old office/MSA" },
        { drop: binder, folder: discovery },
      ],
    }),
    paper("Amendment 2 – draft for review.docx", 84_210, at(2026, 10, 14, 9, 12)),
    paper("Email thread re indemnity.eml", 212_004, at(2023, 2, 22, 11, 40)),
    paper("Invoices 2022.xlsx", 640_930, at(2022, 12, 31, 23, 58)),
    paper("Site photograph.jpg", 3_204_118, at(2024, 5, 6, 8, 15)),
    paper("Call notes.txt", 4_310, at(2025, 1, 9, 15, 2)),
    paper("Hearing recording.mp4", 1_740_112_004, at(2025, 4, 2, 10, 0), { special: "tooLarge" }),
    paper("Damaged scan.pdf", 912_443, at(2021, 7, 1, 12, 0), { special: "damaged" }),
    paper("Installer from client.exe", 2_114_560, at(2020, 2, 2, 2, 2)),
    paper("عقد خدمات رئيسي (موقّع).pdf", 733_201, at(2024, 9, 18, 13, 30)),
    paper("הסכם סודיות – טיוטה.docx", 51_204, at(2024, 11, 3, 7, 45)),
    paper("Rechnung\u202Efdp.exe.pdf", 20_480, at(2025, 8, 8, 8, 8)),
    paper(
      `${"Very long name of a scanned letter with everything in its subject line ".repeat(3)}final (2).pdf`,
      90_112,
      0,
    ),
    paper("合同审查 — 软件许可.pdf", 410_022, at(2025, 6, 30, 6, 30)),
    paper("README", 0, -86_400_000),
  ];
}
