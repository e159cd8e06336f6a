/** Every page and state of the window, and how a user gets there. */

import type { Page } from "playwright-core";

import type { WorkView } from "../../src/lib/backend";

import { firmScenes } from "./firmScenes";
import { drop, find, pass } from "./window";

/** A state of the window. */
export interface Scene {
  name: string;
  query?: string;
  /** The steps from the first page to the state. */
  go: (page: Page) => Promise<unknown>;
}

const review = "2024-001 review";

async function shown(page: Page, name: string | RegExp): Promise<void> {
  await page.getByRole("heading", { name }).waitFor();
}

async function ready(page: Page, box: string): Promise<void> {
  await find(page, review);
  await drop(page, box);
  await pass(page, 2000);
  await page.getByRole("dialog").waitFor();
}

async function filed(page: Page, box: string): Promise<void> {
  await ready(page, box);
  await page.keyboard.press("Enter");
  await page.getByRole("dialog").waitFor({ state: "detached" });
}

async function tab(page: Page, name: string): Promise<void> {
  await page.getByRole("tab", { name }).click();
  await page.getByRole("tabpanel").waitFor();
}

async function paperOf(page: Page, words: string): Promise<void> {
  await find(page, words);
  await page.getByRole("region", { name: "Document" }).getByRole("heading").first().waitFor();
}

/** Checks that work has reached this phase. */
async function stands(page: Page, phase: WorkView["phase"], reason: string): Promise<void> {
  await page.evaluate(
    async ([phase, reason]) => {
      const { backend } = window.strongroom;
      const [work] = (await backend.snapshot()).work;
      if (work) backend.tell({ kind: "work", work: { ...work, phase, reason } });
    },
    [phase, reason] as const,
  );
}

/** All scenes. */
export const scenes: Scene[] = [
  { name: "first-start", query: "?vault=first-start", go: (page) => shown(page, "Welcome to Strongroom") },
  {
    name: "first-start-here",
    query: "?vault=first-start",
    go: async (page) => {
      await page.getByRole("button", { name: "Use on this computer" }).click();
      await shown(page, "Drop a folder here");
    },
  },
  { name: "empty-vault", query: "?vault=empty", go: (page) => shown(page, "Firm documents") },
  { name: "files", go: (page) => find(page, review) },
  { name: "files-german", query: "?language=de", go: (page) => find(page, review) },
  {
    name: "files-selected",
    go: async (page) => {
      await find(page, "harbour lease");
      await page.getByRole("grid").focus();
      await page.keyboard.press("Control+a");
    },
  },
  {
    name: "document-pdf",
    go: async (page) => {
      await paperOf(page, "master services signed");
      await page.getByText("Page 1 of 12").waitFor();
      await page.waitForFunction(() => (document.querySelector("canvas")?.textContent.length ?? 0) > 100);
    },
  },
  {
    name: "document-mail",
    go: async (page) => {
      await paperOf(page, "email thread indemnity");
      await page.getByText("Redline section 9.docx").waitFor();
    },
  },
  { name: "document-word", go: (page) => paperOf(page, "amendment 2 draft") },
  {
    name: "document-picture",
    go: async (page) => {
      await paperOf(page, "site photograph");
      await page.waitForFunction(() => (document.querySelector("img")?.naturalWidth ?? 0) > 0);
    },
  },
  { name: "document-text", go: (page) => paperOf(page, "call notes") },
  { name: "document-without-preview", go: (page) => paperOf(page, "invoices 2022") },
  { name: "document-too-large", go: (page) => paperOf(page, "hearing recording") },
  { name: "document-program", go: (page) => paperOf(page, "installer client") },
  { name: "document-hidden-name", go: (page) => paperOf(page, "rechnung") },
  { name: "document-right-to-left", go: (page) => paperOf(page, "عقد خدمات") },
  {
    name: "document-damaged",
    go: async (page) => {
      await paperOf(page, "damaged scan");
      await page.getByText("verification failed").waitFor();
    },
  },
  {
    name: "document-offline",
    query: "?offline",
    go: async (page) => {
      await paperOf(page, "call notes");
      await page.getByText("there is no network").waitFor();
    },
  },
  {
    name: "history",
    go: async (page) => {
      await find(page, review);
      await tab(page, "History");
    },
  },
  {
    name: "details",
    go: async (page) => {
      await find(page, review);
      await tab(page, "Details");
    },
  },
  { name: "matter-empty", go: (page) => find(page, "2026 engagement") },
  { name: "matter-long-title", go: (page) => find(page, "2025-014") },
  { name: "matter-right-to-left", go: (page) => find(page, "2025-027") },
  {
    name: "preflight-reading",
    go: async (page) => {
      await find(page, review);
      await drop(page, "Second box");
      await pass(page, 1000);
      await page.getByRole("region", { name: "Activity" }).getByRole("button", { name: "Show" }).click();
      await page.getByRole("dialog").waitFor();
    },
  },
  {
    name: "preflight",
    go: async (page) => {
      await ready(page, "Second box");
      await page.getByText("desktop.ini").waitFor();
    },
  },
  { name: "preflight-german", query: "?language=de", go: (page) => ready(page, "Second box") },
  { name: "preflight-all-known", go: (page) => ready(page, "Known box") },
  { name: "preflight-problems", go: (page) => ready(page, "Troubled box") },
  { name: "preflight-nothing", go: (page) => ready(page, "Empty box") },
  { name: "preflight-all-left-out", go: (page) => ready(page, "Left-out box") },
  {
    name: "preflight-one-name",
    go: async (page) => {
      await ready(page, "Two custodians");
      await page.getByText("2 folders are named").waitFor();
    },
  },
  { name: "preflight-unreadable", go: (page) => ready(page, "Unreadable box") },
  {
    name: "preflight-list",
    go: async (page) => {
      await ready(page, "Second box");
      await page.getByRole("button", { name: /1,950 new/ }).click();
      await page.getByRole("listitem").getByText("Second box/").first().waitFor();
    },
  },
  {
    name: "preflight-left-out",
    go: async (page) => {
      await ready(page, "Second box");
      await page.getByRole("button", { name: /left out/ }).click();
      await page.getByRole("listitem").getByText("Thumbs.db").first().waitFor();
    },
  },
  {
    name: "filing",
    go: async (page) => {
      await filed(page, "Second box");
      await pass(page, 5000);
      await page.getByText("left", { exact: false }).first().waitFor();
    },
  },
  {
    name: "filing-paused",
    go: async (page) => {
      await filed(page, "Second box");
      await pass(page, 5000);
      await page.getByRole("button", { name: "Pause" }).click();
      await page.getByRole("button", { name: "Resume" }).waitFor();
    },
  },
  {
    name: "filing-several",
    go: async (page) => {
      await filed(page, "Second box");
      await pass(page, 1000);
      await filed(page, "Known box");
      await ready(page, "Box of letters");
      await page.keyboard.press("Escape");
      await page.getByRole("button", { name: "and 2 more" }).click();
    },
  },
  {
    name: "filing-offline",
    query: "?offline",
    go: (page) => filed(page, "Second box"),
  },
  {
    name: "filed-with-problems",
    go: async (page) => {
      await filed(page, "Troubled box");
      await pass(page, 11_000);
      await page.getByRole("button", { name: /3 need attention/ }).waitFor();
    },
  },
  {
    name: "problems",
    go: async (page) => {
      await filed(page, "Troubled box");
      await pass(page, 11_000);
      await page.getByRole("button", { name: /3 need attention/ }).click();
      await page.getByRole("button", { name: "Try all again" }).waitFor();
    },
  },
  {
    name: "problems-locate",
    go: async (page) => {
      await filed(page, "Troubled box");
      await pass(page, 11_000);
      await page.getByRole("button", { name: /3 need attention/ }).click();
      await page.getByRole("button", { name: "Locate: Old mailbox.pst" }).click();
      await page.getByRole("menuitem", { name: /The folder it is in now/ }).waitFor();
    },
  },
  {
    name: "problems-another-file",
    go: async (page) => {
      await filed(page, "Troubled box");
      await pass(page, 11_000);
      await page.getByRole("button", { name: /3 need attention/ }).click();
      await page.getByRole("button", { name: "Locate: Old mailbox.pst" }).click();
      await page.getByRole("menuitem", { name: /This file/ }).click();
      await page.getByRole("dialog").getByText("the file there is a different one").waitFor();
    },
  },
  {
    name: "failed",
    go: async (page) => {
      await filed(page, "Second box");
      await stands(
        page,
        "failed",
        "A fault in Strongroom itself ended this. What is stored is not affected.",
      );
      await page.getByRole("button", { name: "Try again" }).waitFor();
    },
  },
  {
    name: "giving-up",
    go: async (page) => {
      await filed(page, "Second box");
      await stands(page, "givingUp", "The firm’s vault cannot be reached. It is tried again.");
      await page.getByText(/cancelling ends once the vault can be checked/).waitFor();
    },
  },
  {
    name: "waiting-by-itself",
    go: async (page) => {
      await filed(page, "Stubborn box");
      await pass(page, 11_000);
      await page.getByText(/2 waiting, will be tried again/).waitFor();
    },
  },
  {
    name: "waiting-by-itself-german",
    query: "?language=de",
    go: async (page) => {
      await filed(page, "Stubborn box");
      await pass(page, 11_000);
      await page.getByText(/2 warten und werden/).waitFor();
    },
  },
  {
    name: "queue-waiting",
    go: async (page) => {
      await filed(page, "Stubborn box");
      await pass(page, 11_000);
      await page.getByRole("button", { name: /Files still to be filed/ }).click();
      await page
        .getByRole("button", { name: /Try now/ })
        .first()
        .waitFor();
    },
  },
  {
    name: "queue",
    go: async (page) => {
      await filed(page, "Second box");
      await pass(page, 2000);
      await page.getByRole("button", { name: /Files still to be filed/ }).click();
      await page
        .getByRole("button", { name: /Remove from queue/ })
        .first()
        .waitFor();
    },
  },
  {
    name: "report-check",
    go: async (page) => {
      await page.keyboard.press("Control+,");
      await page.getByRole("button", { name: "Check the vault" }).click();
      await pass(page, 11_000);
      await page.getByRole("button", { name: "Report" }).click();
      await page.getByRole("cell", { name: /Damaged scan/ }).waitFor();
    },
  },
  {
    name: "report-restore",
    go: async (page) => {
      await find(page, "harbour lease");
      await page.evaluate(() => window.strongroom.backend.restore({ kind: "matter", id: "m-2024-017" }));
      await pass(page, 11_000);
      await page.getByRole("button", { name: "Report" }).click();
      await page.getByRole("cell", { name: /CON_/ }).waitFor();
    },
  },
  {
    name: "search",
    go: async (page) => {
      await page.keyboard.press("Control+k");
      await page.getByRole("option").first().waitFor();
    },
  },
  {
    name: "search-found",
    go: async (page) => {
      await page.keyboard.press("Control+k");
      await page.getByRole("combobox").fill("northwind letter");
      await page.getByRole("option").locator("mark").first().waitFor();
    },
  },
  {
    name: "search-nothing",
    go: async (page) => {
      await page.keyboard.press("Control+k");
      await page.getByRole("combobox").fill("zzz");
      await page.getByText("No results for").first().waitFor();
    },
  },
  {
    name: "settings",
    go: async (page) => {
      await page.keyboard.press("Control+,");
      await page.getByRole("dialog", { name: "Settings" }).waitFor();
    },
  },
  {
    name: "settings-wrong",
    go: async (page) => {
      await page.keyboard.press("Control+,");
      await page.getByLabel("Names that are left out").fill("Thumbs.db\n[abc");
      await page.getByRole("button", { name: "Save the list" }).click();
      await page.getByRole("alert").waitFor();
    },
  },
  {
    name: "keys",
    go: async (page) => {
      await page.keyboard.press("?");
      await page.getByRole("dialog").waitFor();
    },
  },
  {
    name: "new-matter",
    go: async (page) => {
      await page.keyboard.press("Control+n");
      await page.getByRole("dialog").waitFor();
    },
  },
  {
    name: "new-client",
    go: async (page) => {
      await page.getByRole("button", { name: "New client" }).click();
      await page.getByRole("dialog").waitFor();
    },
  },
  {
    name: "closing",
    go: async (page) => {
      await filed(page, "Second box");
      await page.evaluate(() => {
        window.strongroom.backend.tell({ kind: "closeAsked" });
      });
      await page.getByRole("dialog").waitFor();
    },
  },
  {
    name: "dragging",
    go: async (page) => {
      await find(page, review);
      await page.evaluate(() => {
        window.strongroom.backend.tell({ kind: "dragOver", x: 700, y: 400, items: 1, connection: false });
      });
      await page.getByText("File to", { exact: false }).waitFor();
    },
  },
  {
    name: "dragging-a-connection",
    go: async (page) => {
      await find(page, review);
      await page.evaluate(() => {
        window.strongroom.backend.tell({ kind: "dragOver", x: 700, y: 400, items: 1, connection: true });
      });
      await page.getByText("Connect to a firm’s vault").waitFor();
    },
  },
  ...firmScenes,
];
