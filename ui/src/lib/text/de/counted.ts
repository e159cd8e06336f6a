/** Numbers with their words, in German. */

import { counted } from "../counted";

/** *1 Datei*, *2.284 Dateien*. */
export const files = (count: number) => counted("de", count, { one: "Datei", other: "Dateien" });

/** *1 Ordner*, *61 Ordner*. */
export const folders = (count: number) => counted("de", count, { one: "Ordner", other: "Ordner" });

/** *1 Fundort*, *3 Fundorte*. */
export const places = (count: number) => counted("de", count, { one: "Fundort", other: "Fundorte" });

/** *1 Element*, *3 Elemente*. */
export const items = (count: number) => counted("de", count, { one: "Element", other: "Elemente" });
