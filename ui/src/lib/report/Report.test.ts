import { render, screen, within } from "@testing-library/svelte";
import { expect, it } from "vitest";

import { createFakeBackend, type FakeAnswers, manualClock } from "../backend/fake";
import { App } from "../state/app.svelte";
import { orphan, reportWith, storedTwice } from "../../testing/reports";
import Report from "./Report.svelte";

async function checked(answers: FakeAnswers = {}) {
  const clock = manualClock();
  const backend = createFakeBackend({ clock, archive: 3_000, settings: { language: "en" }, answers });
  const app = await App.start(backend);
  const work = await backend.verify();
  clock.advance(10_000);
  render(Report, { app, work });
  return { app, backend };
}

it("reports a vault as sound that has content without a record", async () => {
  await checked({ report: reportWith({ orphaned: [orphan] }) });
  await screen.findByText(/^Everything is there/);
  const heading = screen.getByRole("heading", { name: "1 file is stored without a record" });
  expect(heading.className).not.toContain("bad");
  screen.getByText(/They do no harm/);
  screen.getByRole("row", { name: "teams/t1/matters/m1/files/0198 1.3 MB" });
});

it("reports a vault as sound that has files stored more than once, with nothing lost", async () => {
  const double = storedTwice(3_100_000);
  await checked({ report: reportWith({ doubles: [double, double] }) });
  await screen.findByText(/^Everything is there/);
  const heading = screen.getByRole("heading", { name: "2 files are stored more than once" });
  expect(heading.className).not.toContain("bad");
  screen.getByText(
    /^Nothing is lost, and you don’t need to do anything.* The extra copies take up 6\.2 MB\./,
  );
  expect(screen.getAllByRole("row", { name: "teams/t1/matters/m1/files/4e07 3.1 MB" })).toHaveLength(2);
});

it("confirms the copy where the user sees it", async () => {
  const { backend } = await checked();
  (await screen.findByRole("button", { name: "Copy the report" })).click();
  await within(screen.getByRole("dialog")).findByText("The report was copied.");
  expect(backend.clipboard[0]).toContain("1 file is stored without a record");
});
