/** The fonts and character maps that come with the window, for PDF files that bring none. */

const maps = import.meta.glob<string>("/node_modules/pdfjs-dist/cmaps/*.bcmap", {
  query: "?url",
  import: "default",
  eager: true,
});
const fonts = import.meta.glob<string>("/node_modules/pdfjs-dist/standard_fonts/*.{pfb,ttf}", {
  query: "?url",
  import: "default",
  eager: true,
});

const addresses = new Map(
  Object.entries({ ...maps, ...fonts }).map(([path, address]) => [path.split("/").at(-1), address]),
);

/** The address of a file by its name; fails for an unknown name. */
export function ownFile(name: string): string {
  const address = addresses.get(name);
  if (address === undefined) throw new Error(`There is no file ${name}.`);
  return address;
}
