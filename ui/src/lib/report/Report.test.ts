import { render, screen, within } from "@testing-library/svelte";
import { expect, it } from "vitest";

import { createFakeBackend, type FakeAnswers, manualClock } from "../backend/fake";
import { App } from "../state/app.svelte";
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

const orphaned = [{ path: "teams/t1/matters/m1/files/0198", size: 1_310_000 }];

it("reports a vault as sound that has content without a record", async () => {
  await checked({
    report: {
      destination: "",
      renamed: [],
      otherTimes: [],
      unmarked: 0,
      problems: [],
      orphaned,
      doubles: [],
    },
  });
  await screen.findByText(/^Everything is there/);
  const heading = screen.getByRole("heading", { name: "1 file is stored without a record" });
  expect(heading.className).not.toContain("bad");
  screen.getByText(/They do no harm/);
  screen.getByRole("row", { name: "teams/t1/matters/m1/files/0198 1.3 MB" });
});

it("reports a vault as sound that has files stored more than once, with nothing lost", async () => {
  const copies = ["general", "m1"].map((matter) => ({
    path: `teams/t1/matters/${matter}/files/4e07`,
    size: 3_100_000,
  }));
  const doubles = [
    { copies, spare: 3_100_000 },
    { copies, spare: 3_100_000 },
  ];
  const found = { destination: "", renamed: [], otherTimes: [], unmarked: 0, problems: [], orphaned: [] };
  await checked({ report: { ...found, doubles } });
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
