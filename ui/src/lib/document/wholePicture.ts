/** Whether a picture is complete: a truncated one is drawn as far as it goes, and looks finished. */

/** Whether the file contains the complete picture, as far as its format shows. Data after the picture is ignored. */
export function isWhole(bytes: ArrayBuffer, type: string): boolean {
  const view = new DataView(bytes);
  const file = new Uint8Array(bytes);
  switch (type) {
    case "image/png":
      return pngEnds(view);
    case "image/jpeg":
      return jpegEnds(file, view);
    case "image/gif":
      return file.includes(0x3b, 13);
    case "image/webp":
      return file.length >= 8 && view.getUint32(4, true) + 8 <= file.length + 1;
    case "image/bmp":
      return file.length >= 6 && view.getUint32(2, true) <= file.length;
    default:
      return true;
  }
}

/** A PNG is a list of chunks: length, type, data, checksum. The last is called IEND. */
function pngEnds(view: DataView): boolean {
  const end = 0x49454e44;
  for (let at = 8; at + 8 <= view.byteLength; at += view.getUint32(at) + 12) {
    if (view.getUint32(at + 4) === end) return true;
  }
  return false;
}

/** A JPEG is a list of segments up to the picture data, in which the end marker occurs nowhere else. */
function jpegEnds(file: Uint8Array, view: DataView): boolean {
  const [scan, end] = [0xda, 0xd9];
  let at = 2;
  while (at + 4 <= file.length && file[at] === 0xff && file[at + 1] !== scan) {
    at += file[at + 1] === 0xff ? 1 : 2 + view.getUint16(at + 2);
  }
  for (at = file.indexOf(0xff, at); at !== -1; at = file.indexOf(0xff, at + 1)) {
    if (file[at + 1] === end) return true;
  }
  return false;
}
