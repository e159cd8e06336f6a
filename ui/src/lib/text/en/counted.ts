/** Numbers with their words, in English. */

import { counted } from "../counted";

/** *1 file*, *2,284 files*. */
export const files = (count: number) => counted("en", count, { one: "file", other: "files" });

/** *1 folder*, *61 folders*. */
export const folders = (count: number) => counted("en", count, { one: "folder", other: "folders" });

/** *1 place*, *3 places*. */
export const places = (count: number) => counted("en", count, { one: "place", other: "places" });

/** *1 item*, *3 items*. */
export const items = (count: number) => counted("en", count, { one: "item", other: "items" });
