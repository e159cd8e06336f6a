/**
 * The whole window on a made-up vault whose clock the tests control. Its address selects the vault:
 * `?vault=first-start`.
 */

import { mount } from "svelte";

import "../../../src/app.css";
import {
  createFakeBackend,
  type FakeBackend,
  manualClock,
  type ManualClock,
} from "../../../src/lib/backend/fake";
import Start from "../../../src/Start.svelte";

declare global {
  interface Window {
    /** What the tests see and control. */
    strongroom: { backend: FakeBackend; clock: ManualClock };
  }
}

const asked = new URLSearchParams(location.search);
const vault = asked.get("vault");
const clock = manualClock();
const backend = createFakeBackend({
  clock,
  firstStart: vault === "first-start",
  empty: vault === "empty",
  local: vault === "local",
  training: asked.has("training"),
  signedOut: asked.has("signed-out"),
  archive: Number(asked.get("archive") ?? 1_000),
  offline: asked.has("offline"),
  settings: { language: asked.get("language") === "de" ? "de" : "en" },
});

window.strongroom = { backend, clock };

const target = document.getElementById("app");
if (target === null) throw new Error("index.html has no element #app");
mount(Start, { target, props: { backend } });
