/** The previews of documents of a fake vault. */

import { visible } from "../../format/visible";
import type { PreviewKind, TextPreview } from "../bindings";
import { chance } from "./chance";
import type { Paper } from "./papers";
import { makePdf } from "./pdf";
import { refuse } from "./refuse";

const clauses = [
  "This agreement is made between the parties named below and takes effect on the date",
  "of the last signature. Either party may end it with ninety days of written notice.",
  "The supplier keeps the software in working order and answers within one business day.",
  "Fees are due within thirty days of the invoice. Late payment bears interest by law.",
  "Each party keeps confidential what it learns of the other, during and after the term.",
  "Liability is limited to the fees of the twelve months before the event, except for",
  "intent and gross negligence, and for claims under the indemnity in section nine.",
  "No change to this agreement binds a party that has not agreed to it in writing.",
] as const;

/** How a document can be previewed. */
export function previewKind({ name, special }: Paper): PreviewKind {
  if (special === "tooLarge") return "tooLarge";
  if (name.endsWith(".pdf")) return "pdf";
  if (/\.(jpg|png)$/.test(name)) return "image";
  return /\.(txt|eml|docx|md|csv)$/.test(name) ? "text" : "none";
}

/** Whether a document of this name is opened in its default program; the vault itself knows more types. */
export function opensHere(name: string): boolean {
  return /.\.(pdf|docx?|xlsx?|jpg|png|txt|md|eml|msg|mp4)$/i.test(name) && visible(name) === name;
}

/** The bytes of a document that is shown as an image or a PDF. */
export function previewBytes(paper: Paper): ArrayBuffer {
  if (paper.special === "damaged") {
    refuse(
      "damaged",
      `“${paper.name}” is not what was stored: verification failed. Check the vault, and restore it from a backup.`,
    );
  }
  if (previewKind(paper) === "image") return picture(480, 320, paper.content);
  const lines = Array.from({ length: 38 }, (_, at) => clauses[at % clauses.length] ?? "");
  const heading = paper.name
    .replace(/\.pdf$/, "")
    .toUpperCase()
    .slice(0, 44);
  return makePdf(
    Array.from({ length: 12 }, (_, page) => ({
      heading: page === 0 ? heading : `Section ${String(page + 1)}`,
      lines,
    })),
  );
}

/** The text of a document that is shown as text. */
export function previewText({ name, size }: Paper): TextPreview {
  const text = clauses.join("\n");
  if (name.endsWith(".eml")) {
    return {
      kind: "mail",
      from: "Jane Doe <jane.doe@abc.example>",
      to: "Dana Ruiz <d.ruiz@halemoore.example>; James Hale <j.hale@halemoore.example>",
      cc: "Accounts <accounts@abc.example>",
      subject: "Re: indemnity, section 9",
      date: Date.UTC(2023, 1, 22, 11, 40),
      text: `Dear Dana,\n\n${text}\n\nKind regards\nJane`,
      cut: false,
      attachments: ["Redline section 9.docx", "Schedule A (final).pdf"],
    };
  }
  if (name.endsWith(".docx")) {
    return {
      kind: "word",
      cut: true,
      paragraphs: [
        { heading: 1, text: "Amendment No. 2" },
        ...clauses.slice(0, 3).map((clause) => ({ heading: 0, text: clause })),
        { heading: 2, text: "Fees" },
        ...clauses.slice(3, 6).map((clause) => ({ heading: 0, text: clause })),
        { heading: 0, text: "يبدأ سريان هذا التعديل من تاريخ التوقيع الأخير." },
      ],
    };
  }
  return { kind: "plain", text: size > 100_000 ? `${text}\n`.repeat(200) : text, cut: size > 100_000 };
}

/** A picture in the simplest format browsers know: an uncompressed bitmap of hills under a sky. */
function picture(width: number, height: number, seed: string): ArrayBuffer {
  const random = chance(seed);
  const phase = random() * 6;
  const bytes = new ArrayBuffer(54 + width * height * 3);
  const view = new DataView(bytes);
  view.setUint16(0, 0x424d);
  for (const [at, value] of [
    [2, bytes.byteLength],
    [10, 54],
    [14, 40],
    [18, width],
    [22, height],
  ] as const) {
    view.setUint32(at, value, true);
  }
  view.setUint16(26, 1, true);
  view.setUint16(28, 24, true);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const hill = height * (0.42 + 0.13 * Math.sin(x / 70 + phase) + 0.05 * Math.sin(x / 23));
      const [red, green, blue] = y < hill ? [58, 104 + y / 6, 84] : [150 + y / 4, 190 + y / 8, 226];
      const at = 54 + (y * width + x) * 3;
      view.setUint8(at, blue);
      view.setUint8(at + 1, green);
      view.setUint8(at + 2, red);
    }
  }
  return bytes;
}
