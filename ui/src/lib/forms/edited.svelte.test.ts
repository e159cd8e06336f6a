import { describe, expect, it } from "vitest";

import { BackendError } from "../backend";
import { Edited, type Kept } from "./edited.svelte";

interface Draft {
  title: string;
  number: string;
  people: string[];
}

const kept = (updatedAt: number, draft: Partial<Draft> = {}): Kept<Draft> => ({
  updatedAt,
  draft: { title: "Lease", number: "1", people: ["dana"], ...draft },
});

const conflict = () => Promise.reject(new BackendError({ code: "conflict", message: "Changed meanwhile." }));

describe("an edit", () => {
  it("has nothing to save before a change, and after it is reverted", () => {
    const edited = new Edited(kept(1));
    expect(edited.dirty).toBe(false);
    edited.draft.people.push("james");
    expect(edited.dirty).toBe(true);
    edited.draft.people.pop();
    expect(edited.dirty).toBe(false);
  });

  it("is saved based on the state that was shown", async () => {
    const edited = new Edited(kept(1));
    edited.draft.title = "Lease dispute";
    const sent: unknown[] = [];
    const saved = await edited.save(
      (updatedAt, draft) => {
        sent.push(updatedAt, draft.title);
        return Promise.resolve({ updatedAt: 2, draft });
      },
      () => undefined,
    );
    expect(saved).toBe(true);
    expect(sent).toEqual([1, "Lease dispute"]);
    expect([edited.dirty, edited.saving, edited.draft.title]).toEqual([false, false, "Lease dispute"]);
  });

  it("is discarded", () => {
    const edited = new Edited(kept(1));
    edited.draft.title = "x";
    edited.revert();
    expect(edited.draft.title).toBe("Lease");
  });

  it("stays when it is refused, with the reason", async () => {
    const edited = new Edited(kept(1));
    edited.draft.title = "x";
    const refuse = () =>
      Promise.reject(new BackendError({ code: "tryLater", message: "The vault is busy." }));
    expect(await edited.save(refuse, () => kept(9))).toBe(false);
    expect([edited.refusal, edited.draft.title, edited.theirs, edited.saving]).toEqual([
      "The vault is busy.",
      "x",
      null,
      false,
    ]);
  });

  it("follows the saved state while nothing is edited, and otherwise loses nothing", () => {
    const edited = new Edited(kept(1));
    edited.follow(kept(2, { title: "Tenancy" }));
    expect(edited.draft.title).toBe("Tenancy");
    edited.draft.number = "7";
    edited.follow(kept(3, { title: "Rent" }));
    expect([edited.draft.title, edited.draft.number]).toEqual(["Tenancy", "7"]);
  });

  it("continues from a newer state with equal fields", async () => {
    const edited = new Edited(kept(1));
    edited.draft.title = "x";
    edited.follow(kept(5));
    let from = 0;
    await edited.save(
      (updatedAt, draft) => {
        from = updatedAt;
        return Promise.resolve({ updatedAt: 6, draft });
      },
      () => undefined,
    );
    expect(from).toBe(5);
  });
});

describe("two versions", () => {
  async function met(): Promise<Edited<Draft>> {
    const edited = new Edited(kept(1));
    edited.draft.title = "Mine";
    await edited.save(conflict, () => kept(2, { title: "Theirs", people: ["amira"] }));
    return edited;
  }

  it("are shown side by side where they differ; fields changed only by the other user are theirs", async () => {
    const edited = await met();
    expect(edited.differing).toEqual(["title", "people"]);
    expect([edited.draft.title, edited.draft.people]).toEqual(["Mine", ["amira"]]);
    expect([edited.chosen("title"), edited.chosen("people")]).toEqual(["mine", "theirs"]);
  });

  it("are chosen field by field, reversibly", async () => {
    const edited = await met();
    edited.choose("title", "theirs");
    edited.choose("people", "mine");
    expect([edited.draft.title, edited.draft.people]).toEqual(["Theirs", ["dana"]]);
    edited.choose("title", "mine");
    expect(edited.draft.title).toBe("Mine");
    expect(edited.differing).toEqual(["title", "people"]);
  });

  it("merge into one that is saved based on the newer state", async () => {
    const edited = await met();
    let from = 0;
    const saved = await edited.save(
      (updatedAt, draft) => {
        from = updatedAt;
        return Promise.resolve({ updatedAt: 3, draft });
      },
      () => undefined,
    );
    expect([saved, from, edited.theirs, edited.dirty]).toEqual([true, 2, null, false]);
    expect(edited.draft.title).toBe("Mine");
  });

  it("become theirs if the edit is discarded", async () => {
    const edited = await met();
    edited.revert();
    expect([edited.draft.title, edited.draft.people, edited.theirs]).toEqual(["Theirs", ["amira"], null]);
  });
});
