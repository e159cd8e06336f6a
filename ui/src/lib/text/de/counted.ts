/** Numbers with their words, in German. */

import { counted } from "../counted";

// docs/data-model.md, “What is counted”, defines what each word counts.

/** *1 Datei*, *2.284 Dateien*. */
export const files = (count: number) => counted("de", count, { one: "Datei", other: "Dateien" });

/** *1 Ordner*, *61 Ordner*. */
export const folders = (count: number) => counted("de", count, { one: "Ordner", other: "Ordner" });

/** *in 1 Ordner*, *in 61 Ordnern*. */
export const foldersWhere = (count: number) => counted("de", count, { one: "Ordner", other: "Ordnern" });

/** *1 Fundort*, *3 Fundorte*. */
export const places = (count: number) => counted("de", count, { one: "Fundort", other: "Fundorte" });

/** *1 Dokument*, *2.284 Dokumente*. */
export const documents = (count: number) => counted("de", count, { one: "Dokument", other: "Dokumente" });

/** *von 1 Dokument*, *von 2.284 Dokumenten*. */
export const ofDocuments = (count: number) => counted("de", count, { one: "Dokument", other: "Dokumenten" });

/** *von 1 Inhalt*, *von 2.284 Inhalten*. */
export const ofContents = (count: number) => counted("de", count, { one: "Inhalt", other: "Inhalten" });

/** *1 Inhalt*, *2.284 Inhalte*. */
export const contents = (count: number) => counted("de", count, { one: "Inhalt", other: "Inhalte" });
