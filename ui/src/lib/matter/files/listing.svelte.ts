/**
 * The listed files of a folder: requested again after something was filed; the old list stays until the new one
 * arrives.
 */

import { type Backend, BackendError, type FileRow, type FilesQuery, type FolderView } from "../../backend";
import { RowCache } from "../../list/rowCache.svelte";

/** A list as it is shown. */
export interface Listed {
  query: FilesQuery;
  folders: FolderView[];
  files: RowCache<FileRow>;
}

/** Milliseconds between two reads of a list while files are being filed to it. */
const pause = 800;

/** The current listing, and the one being requested. */
export class Listing {
  readonly #backend: Backend;
  /** The current list; null until there is a first one. */
  current = $state.raw<Listed | null>(null);
  /** Why there is no newer one. */
  refusal = $state.raw<string | null>(null);
  #query: FilesQuery | null = null;
  /** The rows in sight: they are loaded before a list replaces another. */
  #sight: [first: number, end: number] = [0, 40];
  #turn = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(backend: Backend) {
    this.#backend = backend;
  }

  /** Lists something else. */
  show(query: FilesQuery): void {
    this.#query = query;
    this.#sight = [0, 40];
    void this.#list(query);
  }

  /** Reads the same list again soon: something was filed to it. */
  again(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      if (this.#query) void this.#list(this.#query);
    }, pause);
  }

  /** Reads the files from `first` up to, not including, `end`. */
  want(first: number, end: number): void {
    this.#sight = [Math.max(0, first), Math.max(0, end)];
    this.current?.files.want(...this.#sight);
  }

  /** Ignores pending requests. */
  forget(): void {
    this.#turn += 1;
    clearTimeout(this.#timer);
  }

  async #list(query: FilesQuery): Promise<void> {
    const turn = ++this.#turn;
    try {
      const { id, total, folders } = await this.#backend.listFiles(query);
      const files = new RowCache<FileRow>(
        total,
        (offset, limit) => this.#backend.fileRows(id, offset, limit),
        (error) => {
          this.#refused(error, query);
        },
      );
      await files.prepare(...this.#sight);
      if (turn !== this.#turn) return;
      this.current = { query, folders, files };
      this.refusal = null;
      files.want(...this.#sight);
    } catch (error) {
      if (turn === this.#turn) this.#refused(error, query);
    }
  }

  #refused(error: unknown, query: FilesQuery): void {
    // The program keeps the latest few lists; one that was left open for long is requested again.
    if (error instanceof BackendError && error.code === "notFound" && this.current?.query === query)
      this.again();
    else this.refusal = error instanceof Error ? error.message : String(error);
  }
}
