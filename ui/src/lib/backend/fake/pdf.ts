/** Writes small PDF files: lines of text in one of the standard fonts that every reader has. */

/** A PDF of these pages, each a heading and lines of text in Latin letters. */
export function makePdf(pages: readonly { heading: string; lines: readonly string[] }[]): ArrayBuffer {
  const objects = [
    "<< /Type /Catalog /Pages 2 0 R >>",
    `<< /Type /Pages /Count ${String(pages.length)} /Kids [${pages.map((_, at) => `${String(5 + 2 * at)} 0 R`).join(" ")}] >>`,
    "<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman /Encoding /WinAnsiEncoding >>",
    "<< /Type /Font /Subtype /Type1 /BaseFont /Times-Bold /Encoding /WinAnsiEncoding >>",
  ];
  for (const [at, page] of pages.entries()) {
    const content = drawn(page);
    const fonts = "/Resources << /Font << /F1 3 0 R /F2 4 0 R >> >>";
    objects.push(
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] ${fonts} /Contents ${String(6 + 2 * at)} 0 R >>`,
      `<< /Length ${String(content.length)} >>\nstream\n${content}\nendstream`,
    );
  }
  return written(objects);
}

function drawn({ heading, lines }: { heading: string; lines: readonly string[] }): string {
  const rest = lines.map((line) => `(${escaped(line)}) Tj T*`).join("\n");
  return `BT\n/F2 18 Tf 72 760 Td (${escaped(heading)}) Tj\n/F1 11 Tf 0 -36 Td 16 TL\n${rest}\nET`;
}

/** The characters a PDF string may contain: no unmatched brackets, no letters beyond the first 255. */
function escaped(text: string): string {
  return text.replace(/[\\()]/g, "\\$&").replace(/[^\x20-\x7e]/g, "?");
}

function written(objects: readonly string[]): ArrayBuffer {
  let text = "%PDF-1.4\n";
  const starts = objects.map((object, at) => {
    const start = text.length;
    text += `${String(at + 1)} 0 obj\n${object}\nendobj\n`;
    return `${String(start).padStart(10, "0")} 00000 n \n`;
  });
  const size = String(objects.length + 1);
  const table = `xref\n0 ${size}\n0000000000 65535 f \n${starts.join("")}`;
  text += `${table}trailer\n<< /Size ${size} /Root 1 0 R >>\nstartxref\n${String(text.length)}\n%%EOF\n`;
  return new TextEncoder().encode(text).buffer;
}
