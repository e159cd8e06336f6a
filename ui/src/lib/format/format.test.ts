import { afterEach, beforeEach, describe, expect, it } from "vitest";

import { speech } from "../text/language.svelte";
import { dateTime, day, duration, number, rate, size } from ".";

/** Normalises narrow and non-breaking spaces. */
const read = (text: string) => text.replace(/\s/gu, " ");

beforeEach(() => {
  speech.choice = "en";
});

afterEach(() => {
  speech.choice = "system";
});

describe("sizes", () => {
  it.each([
    [0, "0 bytes"],
    [1, "1 byte"],
    [999, "999 bytes"],
    [1000, "1 kB"],
    [640_200, "640 kB"],
    [999_499, "999 kB"],
    [999_500, "1.0 MB"],
    [1_800_000, "1.8 MB"],
    [3_900_000_000, "3.9 GB"],
    [99_960_000_000, "100 GB"],
    [7e15, "7.0 PB"],
    [7e18, "7,000 PB"],
  ])("%d bytes are %s", (bytes, text) => {
    expect(read(size(bytes))).toBe(text);
  });

  it("follow the language", () => {
    speech.choice = "de";
    expect(read(size(1_800_000))).toBe("1,8 MB");
    expect(read(rate(48_000_000))).toBe("48,0 MB/s");
  });
});

it("groups numbers", () => {
  expect(number(1_000_000)).toBe("1,000,000");
  speech.choice = "de";
  expect(number(1_000_000)).toBe("1.000.000");
});

describe("dates", () => {
  it("shows a day stored as midnight UTC as that day, in any time zone", () => {
    expect(read(day(Date.UTC(2024, 0, 4)))).toBe("Jan 4, 2024");
    speech.choice = "de";
    expect(read(day(Date.UTC(2024, 0, 4)))).toBe("04.01.2024");
  });

  it("shows a moment in the user’s time zone", () => {
    const at = new Date(2023, 2, 3, 16, 4).getTime();
    expect(read(dateTime(at))).toBe("Mar 3, 2023, 4:04 PM");
  });

  it("shows a time before 1970, and one outside every calendar", () => {
    expect(dateTime(new Date(1904, 0, 1).getTime())).toContain("1904");
    expect(dateTime(9e15)).toBe("9000000000000000");
  });
});

describe("durations", () => {
  it.each([
    [0.2, "1 sec"],
    [45, "45 sec"],
    [59.7, "1 min"],
    [200, "3 min"],
    [3600, "1 hr"],
    [7500, "2 hr 5 min"],
    [200_000, "2 days"],
  ])("%d seconds are %s", (seconds, text) => {
    expect(read(duration(seconds))).toBe(text);
  });
});
