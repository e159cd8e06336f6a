/** Numbers with their words, in English. */

import { counted } from "../counted";

// docs/data-model.md, “What is counted”, defines what each word counts.

/** *1 file*, *2,284 files*. */
export const files = (count: number) => counted("en", count, { one: "file", other: "files" });

/** *1 folder*, *61 folders*. */
export const folders = (count: number) => counted("en", count, { one: "folder", other: "folders" });

/** *1 place*, *3 places*. */
export const places = (count: number) => counted("en", count, { one: "place", other: "places" });

/** *1 document*, *2,284 documents*. */
export const documents = (count: number) => counted("en", count, { one: "document", other: "documents" });

/** *1 content*, *2,284 contents*. */
export const contents = (count: number) => counted("en", count, { one: "content", other: "contents" });
