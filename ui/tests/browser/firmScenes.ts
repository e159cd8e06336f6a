/** The states of the window that concern a firm's vault: connecting, signing in and out, working offline. */

import type { Page } from "playwright-core";

import type { Outside } from "../../src/lib/backend/fake";
import type { Scene } from "./scenes";
import { find, pass } from "./window";

const review = "2024-001 review";

/** An event outside of the page. */
async function outside<Name extends keyof Outside>(
  page: Page,
  name: Name,
  ...given: Parameters<Outside[Name]>
): Promise<void> {
  await page.evaluate(
    ([name, given]) => {
      const { outside } = window.strongroom.backend;
      (outside[name] as (...given: unknown[]) => void)(...given);
    },
    [name, given] as const,
  );
}

/** Changes the title of the shown matter; offline, the change waits. */
async function retitle(page: Page, title: string): Promise<void> {
  await page.getByRole("tab", { name: /^Details/ }).click();
  await page.getByLabel("Title", { exact: true }).fill(title);
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.getByRole("heading", { level: 1, name: title }).waitFor();
}

/** Two changes wait: one of a matter, one of its client. */
async function changed(page: Page): Promise<void> {
  await find(page, review);
  await outside(page, "goOffline");
  await retitle(page, "Contract Review — hosting and support");
  await page.locator("input[name=city]").fill("Shelbyville");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.getByText("2 changes waiting").waitFor();
  await page.getByRole("tab", { name: "Files" }).click();
}

async function refused(page: Page): Promise<void> {
  await changed(page);
  await outside(page, "changeThere", "m-2024-001", {
    title: "Contract Review — software licence and escrow",
    priority: "low",
  });
  await outside(page, "goOnline", 0);
  await page.getByText("could not be saved").first().waitFor();
}

async function menu(page: Page): Promise<void> {
  const head = page.getByRole("button", { name: /Dana Ruiz/ });
  // In a narrow window, the left region has to be opened first.
  if (!(await head.isVisible())) await page.locator(".opener button").click();
  await head.click();
  await page.getByRole("menu").waitFor();
}

/** All scenes. */
export const firmScenes: Scene[] = [
  {
    name: "connection",
    query: "?vault=first-start",
    go: async (page) => {
      await page.getByRole("button", { name: "Connect to your firm…" }).click();
      await page.getByRole("dialog").waitFor();
    },
  },
  {
    name: "connection-warned",
    go: async (page) => {
      await outside(page, "connection", {
        name: "Sánchez-Villalobos, Featherstonehaugh & Wojciechowski Rechtsanwaltsgesellschaft mbH",
        training: true,
        emulators: true,
        known: true,
        signInAt: "localhost:9099",
      });
      await page.getByRole("dialog").waitFor();
    },
  },
  {
    name: "connected",
    query: "?vault=first-start",
    go: async (page) => {
      await page.getByRole("button", { name: "Connect to your firm…" }).click();
      await page.getByRole("dialog").getByRole("button", { name: "Connect" }).click();
      await page.getByRole("button", { name: "Sign in with your browser" }).waitFor();
    },
  },
  {
    name: "sign-in",
    query: "?signed-out",
    go: (page) => page.getByRole("button", { name: "Sign in with your browser" }).waitFor(),
  },
  {
    name: "sign-in-waiting",
    query: "?signed-out",
    go: async (page) => {
      await page.getByRole("button", { name: "Sign in with your browser" }).click();
      await page.getByText("Waiting for your browser").waitFor();
    },
  },
  {
    name: "sign-in-failed",
    query: "?signed-out&training",
    go: async (page) => {
      await outside(
        page,
        "refuseSignIn",
        "dana@example.org is no member of this firm. Ask for an invitation.",
      );
      await page.getByRole("button", { name: "Sign in with your browser" }).click();
      await pass(page, 4000);
      await page.getByRole("button", { name: "Try again" }).waitFor();
    },
  },
  {
    name: "not-remembered",
    query: "?signed-out",
    go: async (page) => {
      await outside(page, "forgetPassword");
      await page.getByRole("button", { name: "Sign in with your browser" }).click();
      await pass(page, 4000);
      await page.getByText("need to sign in again next time").waitFor();
    },
  },
  { name: "workspaces", go: menu },
  { name: "workspaces-german", query: "?language=de", go: menu },
  {
    name: "training",
    query: "?training",
    go: (page) => find(page, review),
  },
  {
    name: "offline",
    go: async (page) => {
      await find(page, review);
      await outside(page, "goOffline");
      await page.getByText("Offline — as of").first().waitFor();
    },
  },
  {
    name: "catching-up",
    go: async (page) => {
      await find(page, review);
      await outside(page, "goOffline");
      await outside(page, "goOnline", 40_000);
      await pass(page, 4000);
      await page.getByText("12,800", { exact: true }).waitFor();
    },
  },
  {
    name: "session-ended",
    go: async (page) => {
      await find(page, review);
      await outside(page, "endSession", "The firm ended your session. Sign in to go on.");
      await page.getByRole("button", { name: "Sign in", exact: true }).waitFor();
    },
  },
  { name: "edits-waiting", go: changed },
  {
    name: "edits-waiting-list",
    go: async (page) => {
      await changed(page);
      await page.getByRole("button", { name: "Show 2 changes" }).click();
      await page.getByRole("dialog").waitFor();
    },
  },
  { name: "edits-refused", go: refused },
  {
    name: "edits-refused-list",
    go: async (page) => {
      await refused(page);
      await page.getByRole("button", { name: "Decide…" }).click();
      await page.getByRole("dialog").waitFor();
    },
  },
  {
    name: "unreadable",
    go: async (page) => {
      await find(page, review);
      await outside(page, "setAside", 9);
      await page.getByRole("button", { name: "Show 9 entries" }).waitFor();
    },
  },
  {
    name: "unreadable-offline",
    go: async (page) => {
      await changed(page);
      await outside(page, "setAside", 9);
      await page.getByRole("button", { name: "9 cannot be read" }).waitFor();
    },
  },
  {
    name: "unreadable-list",
    go: async (page) => {
      await outside(page, "setAside", 9);
      await page.getByRole("button", { name: "Show 9 entries" }).click();
      await page.getByRole("dialog").getByText("A drop of matter 2024-001").waitFor();
    },
  },
  {
    name: "unreadable-list-german",
    query: "?language=de",
    go: async (page) => {
      await outside(page, "setAside", 1200);
      await page.getByRole("button", { name: "1.200 Einträge anzeigen" }).click();
      await page.getByRole("dialog").getByText("Eine Ablage der Akte 2024-001").waitFor();
    },
  },
  {
    name: "sign-out",
    go: async (page) => {
      await menu(page);
      await page.getByRole("menuitem", { name: "Sign out…" }).click();
      await page.getByRole("dialog").waitFor();
    },
  },
  {
    name: "sign-out-waiting",
    go: async (page) => {
      await changed(page);
      await menu(page);
      await page.getByRole("menuitem", { name: "Sign out…" }).click();
      await page.getByRole("dialog").waitFor();
    },
  },
  {
    name: "settings-firms",
    go: async (page) => {
      await page.keyboard.press("Control+,");
      await page.getByRole("button", { name: /^Remove connection/ }).click();
      await page.getByRole("button", { name: "Keep" }).scrollIntoViewIfNeeded();
    },
  },
];
