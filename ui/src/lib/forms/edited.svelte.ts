/**
 * A record that is being edited: as it was shown, as the user changed it, and, if a colleague changed it meanwhile, as
 * they changed it.
 */

import { BackendError } from "../backend";

/** The edited fields by name. */
export type Fields = Record<string, unknown>;

/** A stored record: its fields, and the version an edit is based on. */
export interface Kept<Draft> {
  draft: Draft;
  updatedAt: number;
}

/** An edit that continues until it is saved or discarded. */
export class Edited<Draft extends object> {
  draft = $state() as Draft;
  saving = $state(false);
  /** Why it could not be saved. */
  refusal = $state<string | null>(null);
  /** The colleague's version, while the user has to choose. */
  theirs = $state.raw<Kept<Draft> | null>(null);
  #shown = $state.raw() as Kept<Draft>;

  constructor(kept: Kept<Draft>) {
    this.#shown = kept;
    this.draft = copy(kept.draft);
  }

  /** Whether there is something to save. */
  get dirty(): boolean {
    return fieldsOf(this.#shown.draft).some((field) => !same(this.draft[field], this.#shown.draft[field]));
  }

  /** Updates to the stored version, as far as no edit is lost. */
  follow(kept: Kept<Draft>): void {
    if (kept.updatedAt === this.#shown.updatedAt || this.saving) return;
    if (!this.dirty) this.#start(kept);
    // The change did not affect the fields.
    else if (fieldsOf(kept.draft).every((field) => same(kept.draft[field], this.#shown.draft[field]))) {
      this.#shown = kept;
    }
  }

  /** Discards the edit. */
  revert(): void {
    this.#start(this.theirs ?? this.#shown);
  }

  /**
   * Saves it, based on the version it was shown in. If a colleague was faster, both versions are shown side by side
   * afterwards; `latest` is the stored version then. Returns whether it was saved.
   */
  async save(
    send: (updatedAt: number, draft: Draft) => Promise<Kept<Draft>>,
    latest: () => Kept<Draft> | undefined,
  ): Promise<boolean> {
    this.saving = true;
    this.refusal = null;
    try {
      const kept = await send(this.#shown.updatedAt, copy(this.draft));
      this.saving = false;
      this.#start(kept);
      return true;
    } catch (error) {
      this.refusal = error instanceof Error ? error.message : String(error);
      const conflict = error instanceof BackendError && error.code === "conflict";
      const kept = conflict ? latest() : undefined;
      if (kept) this.#meet(kept);
      return false;
    } finally {
      this.saving = false;
    }
  }

  /** The fields in which both versions differ. */
  get differing(): (keyof Draft)[] {
    const { theirs } = this;
    return theirs === null
      ? []
      : fieldsOf(theirs.draft).filter((field) => !same(theirs.draft[field], this.mine[field]));
  }

  /** The user's version at the time of the conflict. */
  mine = $state.raw() as Draft;

  /** Takes a field from one of the two versions. */
  choose(field: keyof Draft, from: "mine" | "theirs"): void {
    if (this.theirs === null) return;
    const version = from === "mine" ? this.mine : this.theirs.draft;
    this.draft[field] = copy(version)[field];
  }

  /** The version that a field currently has. */
  chosen(field: keyof Draft): "mine" | "theirs" {
    return this.theirs !== null && same(this.draft[field], this.theirs.draft[field]) ? "theirs" : "mine";
  }

  /**
   * Fields that only the colleague changed are theirs; the rest stays as the user wrote it, until they choose
   * otherwise.
   */
  #meet(theirs: Kept<Draft>): void {
    const before = this.#shown.draft;
    this.mine = copy(this.draft);
    this.theirs = theirs;
    for (const field of fieldsOf(before)) {
      if (same(this.mine[field], before[field])) this.choose(field, "theirs");
    }
    this.#shown = theirs;
  }

  #start(kept: Kept<Draft>): void {
    this.#shown = kept;
    this.draft = copy(kept.draft);
    this.theirs = null;
    this.refusal = null;
  }
}

function fieldsOf<Draft extends object>(draft: Draft): (keyof Draft)[] {
  return Object.keys(draft) as (keyof Draft)[];
}

function copy<Draft extends object>(draft: Draft): Draft {
  return JSON.parse(JSON.stringify(draft)) as Draft;
}

function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
