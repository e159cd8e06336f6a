import { afterEach, beforeEach, expect, it } from "vitest";

import { dropStrayClicks } from "./secondPress";

let stop: () => void;
let done: string[];

beforeEach(() => {
  document.body.innerHTML = `
    <div role="row" id="row"><span id="name">a.pdf</span><span id="size">1 kB</span></div>
    <button id="bar">Open in its program</button>
    <dialog id="dialog"></dialog>`;
  done = [];
  for (const id of ["row", "bar", "dialog"]) {
    for (const type of ["mousedown", "click", "dblclick"]) {
      of(id).addEventListener(type, () => done.push(`${type} ${id}`));
    }
  }
  stop = dropStrayClicks(window);
});

afterEach(() => {
  stop();
});

function of(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (!found) throw new Error(`There is no ${id}.`);
  return found;
}

function click(id: string, detail: number): void {
  for (const type of ["mousedown", "mouseup", "click", ...(detail === 2 ? ["dblclick"] : [])]) {
    of(id).dispatchEvent(new MouseEvent(type, { bubbles: true, cancelable: true, detail }));
  }
}

it("passes a double click to its element, on any part of it", () => {
  click("name", 1);
  click("size", 2);
  expect(done).toEqual(["mousedown row", "click row", "mousedown row", "click row", "dblclick row"]);
});

it.each(["bar", "dialog"])("keeps the second click from a new element under the pointer: %s", (came) => {
  click("row", 1);
  done = [];
  click(came, 2);
  click(came, 3);
  expect(done).toEqual([]);
});

it("passes the next click, and always keys", () => {
  click("row", 1);
  click("bar", 2);
  done = [];
  of("bar").click();
  click("bar", 1);
  expect(done).toEqual(["click bar", "mousedown bar", "click bar"]);
});
