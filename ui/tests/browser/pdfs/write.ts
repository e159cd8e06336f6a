/** Writes PDF files for tests: their objects as text, or with bytes. */

import { deflateSync } from "node:zlib";

/** An object of a PDF: its dictionary, and its bytes if it is a stream. */
export type PdfObject = string | { is: string; bytes: string | Uint8Array };

/** A page: its properties beside size and content, its content, and its annotations. */
export interface Drawn {
  /** In points. */
  size?: readonly [width: number, height: number];
  more?: string;
  resources?: string;
  content: string;
  /** Annotations by their properties; an appearance is drawn in a box of their own size. */
  notes?: readonly Note[];
}

/** An annotation on a page: a stamp, a field, a mark. */
export interface Note {
  is: string;
  rect: readonly [left: number, bottom: number, right: number, top: number];
  /** Its appearance; without one, the reader creates it from its properties. */
  looks?: string;
}

/** A PDF of these pages. `extra` objects are numbered from `first` on; `catalog` holds the document's properties. */
export function pdf(
  pages: readonly Drawn[],
  {
    extra = [],
    catalog = "",
    tree = "",
  }: { extra?: readonly PdfObject[]; catalog?: string; tree?: string } = {},
): Buffer {
  const objects: PdfObject[] = [
    "",
    "",
    "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
  ];
  objects.push(...extra);
  const add = (object: PdfObject): string => `${String(objects.push(object))} 0 R`;
  const fields: string[] = [];
  const kids = pages.map(({ size = [612, 792], more = "", resources = "", content, notes = [] }) => {
    const notesAt = notes.map((note) => {
      const [left, bottom, right, top] = note.rect;
      const looks =
        note.looks === undefined
          ? ""
          : `/AP << /N ${add({
              is: `/Type /XObject /Subtype /Form /BBox [0 0 ${String(right - left)} ${String(top - bottom)}] /Resources << /Font << /F1 3 0 R >> >>`,
              bytes: note.looks,
            })} >>`;
      const at = add(`<< /Type /Annot /Rect [${note.rect.join(" ")}] ${note.is} ${looks} >>`);
      if (note.is.includes("/Widget")) fields.push(at);
      return at;
    });
    const drawn = add({ is: "", bytes: content });
    return add(
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${size.join(" ")}] ${more} /Annots [${notesAt.join(" ")}] ` +
        `/Resources << /Font << /F1 3 0 R >> ${resources} >> /Contents ${drawn} >>`,
    );
  });
  const form = `/AcroForm << /Fields [${fields.join(" ")}] /NeedAppearances true /DA (/F1 12 Tf 0 g) /DR << /Font << /F1 3 0 R >> >> >>`;
  objects[0] = `<< /Type /Catalog /Pages 2 0 R ${fields.length > 0 ? form : ""} ${catalog} >>`;
  objects[1] = `<< /Type /Pages /Count ${String(pages.length)} /Kids [${kids.join(" ")}] ${tree} >>`;
  return written(objects);
}

/** The number that the first of `extra` gets. */
export const first = 4;

function written(objects: readonly PdfObject[]): Buffer {
  const parts = [Buffer.from("%PDF-1.7\n%\u00e2\u00e3\n", "latin1")];
  let length = parts[0]?.length ?? 0;
  const starts = objects.map((object, at) => {
    const start = length;
    let body: Buffer;
    if (typeof object === "string") body = Buffer.from(object, "latin1");
    else {
      const bytes = deflateSync(object.bytes);
      const head = `<< ${object.is} /Filter /FlateDecode /Length ${String(bytes.length)} >>\nstream\n`;
      body = Buffer.concat([Buffer.from(head, "latin1"), bytes, Buffer.from("\nendstream")]);
    }
    const part = Buffer.concat([Buffer.from(`${String(at + 1)} 0 obj\n`), body, Buffer.from("\nendobj\n")]);
    parts.push(part);
    length += part.length;
    return `${String(start).padStart(10, "0")} 00000 n \n`;
  });
  const size = String(objects.length + 1);
  parts.push(
    Buffer.from(
      `xref\n0 ${size}\n0000000000 65535 f \n${starts.join("")}trailer\n<< /Size ${size} /Root 1 0 R >>\nstartxref\n${String(length)}\n%%EOF\n`,
    ),
  );
  return Buffer.concat(parts);
}
