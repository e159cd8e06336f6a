/** The icon of a file by its extension. */

import type { IconName } from "../../controls/icons";

const endings: [IconName, string][] = [
  ["text", "pdf doc docx odt rtf txt md pages"],
  ["sheet", "xls xlsx ods csv numbers"],
  ["image", "jpg jpeg png gif tif tiff bmp webp heic svg"],
  ["mail", "eml msg"],
  ["archive", "zip 7z rar gz tar pst"],
  ["video", "mp4 mov avi mkv mp3 wav m4a"],
];

const icons = new Map(
  endings.flatMap(([icon, list]) => list.split(" ").map((ending) => [ending, icon] as const)),
);

/** The icon for a file's type. */
export function iconOf(name: string): IconName {
  return icons.get(name.slice(name.lastIndexOf(".") + 1).toLowerCase()) ?? "file";
}
