/**
 * Something that is being edited: as it was shown, as the person made it, and, if somebody else changed it meanwhile, as
 * they made it.
 */

import { BackendError } from "../backend";

/** What is edited: fields by name. */
export type Fields = Record<string, unknown>;

/** Something as it is kept: its fields, and the state an edit starts from. */
export interface Kept<Draft> {
  draft: Draft;
  updatedAt: number;
}

/** An edit that goes on until it is saved or given up. */
export class Edited<Draft extends object> {
  draft = $state() as Draft;
  saving = $state(false);
  /** Why it could not be saved. */
  refusal = $state<string | null>(null);
  /** What somebody else made of it, while a person has to choose. */
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

  /** Takes over what is kept now, as far as nothing is lost by it. */
  follow(kept: Kept<Draft>): void {
    if (kept.updatedAt === this.#shown.updatedAt || this.saving) return;
    if (!this.dirty) this.#start(kept);
    // What was changed was none of the fields.
    else if (fieldsOf(kept.draft).every((field) => same(kept.draft[field], this.#shown.draft[field]))) {
      this.#shown = kept;
    }
  }

  /** Gives the edit up. */
  revert(): void {
    this.#start(this.theirs ?? this.#shown);
  }

  /**
   * Saves it from the state it was shown in. If somebody else was faster, both versions stand beside each other
   * afterwards; `latest` is what is kept then. Says whether it was saved.
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

  /** What the person had made of it when the two versions met. */
  mine = $state.raw() as Draft;

  /** Takes a field from one of the two versions. */
  choose(field: keyof Draft, from: "mine" | "theirs"): void {
    if (this.theirs === null) return;
    const version = from === "mine" ? this.mine : this.theirs.draft;
    this.draft[field] = copy(version)[field];
  }

  /** From which version a field is at the moment. */
  chosen(field: keyof Draft): "mine" | "theirs" {
    return this.theirs !== null && same(this.draft[field], this.theirs.draft[field]) ? "theirs" : "mine";
  }

  /** What only the other changed is theirs; the rest stays as the person made it, until they choose otherwise. */
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
