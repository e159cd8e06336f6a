/** PDF files made for the tests: features of lawyers' files, each in a minimal example. */

import { type Drawn, first, pdf } from "./write";

const clauses = [
  "This agreement is made between the parties named below",
  "and takes effect on the date of the last signature.",
  "Fees are due within thirty days of the invoice.",
  "Either party may end it with ninety days of notice.",
  "No change binds a party that has not agreed to it in writing.",
];

/** Lines of text from the top down, which look different upside down and mirrored. */
function lines(count: number, top = 720, size = 14): string {
  const rest = Array.from({ length: count }, (_, at) => `(${clauses[at % clauses.length] ?? ""}) Tj T*`);
  return `BT /F1 ${String(size)} Tf 60 ${String(top)} Td ${String(size * 1.6)} TL ${rest.join("\n")} ET\n`;
}

/** Black in one corner, so that a rotated or mirrored page is detected. */
const corner = "0 g 40 40 120 60 re f\n";
const letter = `${corner}${lines(14)}`;

/** A box of this size with a heavy frame and a word in it. */
const framed = (width: number, height: number, word: string, colour: string): string =>
  `${colour} RG ${colour} rg 4 w 4 4 ${String(width - 8)} ${String(height - 8)} re S BT /F1 28 Tf 16 ${String(height / 2 - 10)} Td (${word}) Tj ET`;

/** A scanned page of this size in pixels: grey, with blocks for writing. */
function scan(width: number, height: number, bits: 1 | 8): Uint8Array {
  const row = bits === 8 ? width : Math.ceil(width / 8);
  const bytes = new Uint8Array(row * height).fill(255);
  const dark = (x: number, y: number): void => {
    if (bits === 8) bytes[y * row + x] = 20;
    else bytes[y * row + (x >> 3)] = (bytes[y * row + (x >> 3)] ?? 0) & ~(128 >> (x & 7));
  };
  for (let y = Math.floor(height * 0.06); y < height * 0.7; y++) {
    const line = Math.floor(y / (height * 0.02));
    if (line % 2 === 0) continue;
    const end = width * (0.9 - ((line * 37) % 50) / 100);
    for (let x = Math.floor(width * 0.1); x < end; x++)
      if ((Math.floor(x / (width * 0.012)) + line) % 5 !== 0) dark(x, y);
  }
  return bytes;
}

const image = (width: number, height: number, bits: 1 | 8) => ({
  is: `/Type /XObject /Subtype /Image /Width ${String(width)} /Height ${String(height)} /BitsPerComponent ${String(bits)} /ColorSpace /DeviceGray`,
  bytes: scan(width, height, bits),
});

const whole: Drawn = {
  content: "q 612 0 0 792 0 0 cm /Im Do Q",
  resources: `/XObject << /Im ${String(first)} 0 R >>`,
};

export const stamped: Drawn = {
  content: letter,
  notes: [
    {
      is: "/Subtype /Stamp /F 4",
      rect: [300, 120, 560, 220],
      looks: framed(260, 100, "RECEIVED", "0.7 0 0"),
    },
    { is: "/Subtype /Stamp /F 4", rect: [330, 640, 570, 760], looks: framed(240, 120, "FILED", "0 0 0.7") },
  ],
};

const field = (
  name: string,
  value: string,
  rect: readonly [number, number, number, number],
  looks?: string,
) => ({
  is: `/Subtype /Widget /F 4 /FT /Tx /T (${name}) /V (${value}) /DA (/F1 16 Tf 0 g) /MK << /BC [0] /BG [0.9 0.9 1] >>`,
  rect,
  ...(looks === undefined ? {} : { looks }),
});

const value = (text: string) => `0.9 0.9 1 rg 0 0 360 30 re f 0 g BT /F1 18 Tf 6 8 Td (${text}) Tj ET`;

/** Their names describe what each shows. */
export const made: Record<string, () => Buffer> = {
  writing: () => pdf(Array.from({ length: 12 }, (_, at) => ({ content: `${corner}${lines(8 + at)}` }))),
  "turned by 90": () => pdf([{ content: letter, more: "/Rotate 90" }]),
  "turned by 180": () => pdf([{ content: letter, more: "/Rotate 180" }]),
  "turned by -90": () => pdf([{ content: letter, more: "/Rotate -90" }]),
  "turned by its tree": () => pdf([{ content: letter }], { tree: "/Rotate 270" }),
  "scanned in grey": () => pdf([whole], { extra: [image(1700, 2200, 8)] }),
  "scanned in black and white": () => pdf([whole, whole, whole], { extra: [image(2550, 3300, 1)] }),
  "scanned upside down": () =>
    pdf([{ ...whole, content: "q -612 0 0 -792 612 792 cm /Im Do Q", more: "/Rotate 180" }], {
      extra: [image(1275, 1650, 1)],
    }),
  stamped: () => pdf([stamped]),
  "stamped and turned": () => pdf([{ ...stamped, more: "/Rotate 90" }]),
  "fields filled in": () =>
    pdf([
      {
        content: lines(4),
        notes: [
          field("a", "Northwind Trading", [60, 500, 420, 530], value("NORTHWIND TRADING COMPANY")),
          field("b", "12 March 2024", [60, 440, 420, 470], value("TWELFTH OF MARCH 2024 WW")),
        ],
      },
    ]),
  "fields without looks": () =>
    pdf([
      {
        content: lines(4),
        notes: [
          field("a", "NORTHWIND TRADING COMPANY", [60, 500, 420, 530]),
          field("b", "TWELFTH OF MARCH 2024 WW", [60, 440, 420, 470]),
        ],
      },
    ]),
  redacted: () =>
    pdf([
      {
        content: letter,
        notes: [0, 1, 2, 3].map((at) => ({
          is: "/Subtype /Redact /F 4",
          rect: [100 + at * 20, 700 - at * 70, 380, 720 - at * 70] as const,
          looks: "0 g 0 0 400 20 re f",
        })),
      },
    ]),
  "redacted in what is drawn": () =>
    pdf([{ content: `${letter} 0 g 90 600 300 24 re f 140 540 220 24 re f` }]),
  marked: () =>
    pdf([
      {
        content: letter,
        notes: [
          {
            is: "/Subtype /Square /F 4 /C [1 0 0] /IC [1 0.6 0.6] /BS << /W 6 >>",
            rect: [320, 200, 560, 330],
            looks: "1 0.6 0.6 rg 1 0 0 RG 6 w 3 3 234 124 re B",
          },
          {
            is: "/Subtype /Highlight /F 4 /C [1 0.9 0] /QuadPoints [60 740 400 740 60 700 400 700]",
            rect: [60, 690, 400, 745],
            looks: "1 0.85 0 rg 0 0 340 10 re f",
          },
        ],
      },
    ]),
  "with what is hidden": () =>
    pdf([
      {
        content: letter,
        notes: [{ is: "/Subtype /Stamp /F 2", rect: [300, 120, 560, 220], looks: "0 g 0 0 260 100 re f" }],
      },
    ]),
  "cut to its middle": () => pdf([{ content: letter, more: "/CropBox [30 30 500 760]" }]),
  "in units of its own": () => pdf([{ content: letter, more: "/UserUnit 2" }]),
  "of a plan's size": () => pdf([{ size: [14_400, 10_800], content: `q 20 0 0 13 0 0 cm ${letter} Q` }]),
  "long and thin": () =>
    pdf([
      {
        size: [60, 12_000],
        content: Array.from(
          { length: 60 },
          (_, at) => `0 g ${String(5 + (at % 3) * 15)} ${String(at * 200)} 15 120 re f`,
        ).join("\n"),
      },
    ]),
  "see-through": () =>
    pdf(
      [
        {
          content: `${letter} /G gs 0.8 0 0 rg 100 300 300 200 re f 0 0 0.8 rg 250 200 300 200 re f`,
          resources: `/ExtGState << /G ${String(first)} 0 R >>`,
        },
      ],
      { extra: ["<< /Type /ExtGState /ca 0.5 /BM /Multiply >>"] },
    ),
  "in printers' colours": () =>
    pdf(
      [
        {
          content: `${letter} 0.1 0.8 0.7 0 k 320 120 200 120 re f q 60 150 200 200 re W n /S sh Q`,
          resources: `/Shading << /S << /ShadingType 2 /ColorSpace /DeviceGray /Coords [60 0 260 0] /Function ${String(first)} 0 R >> >>`,
        },
      ],
      { extra: ["<< /FunctionType 2 /Domain [0 1] /C0 [0] /C1 [1] /N 1 >>"] },
    ),
};
