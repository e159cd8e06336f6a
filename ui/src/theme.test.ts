import { describe, expect, it } from "vitest";

import css from "./app.css?raw";

/** The colours of the window by name, in the light theme or the dark one. */
function colours(theme: "light" | "dark"): Map<string, string> {
  const pairs = css.matchAll(/--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\);/g);
  return new Map(
    [...pairs].map(([, name = "", light = "", dark = ""]) => [name, theme === "light" ? light : dark]),
  );
}

/** Relative luminance, WCAG 2.2: https://www.w3.org/TR/WCAG22/#dfn-relative-luminance */
function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const channel = parseInt(hex.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** Contrast ratio, WCAG 2.2: https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio */
function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

const grounds = ["panel", "bg", "side", "raised", "sel", "hover"];
const inks = ["text", "soft", "faint", "accent", "accent-strong", "ok", "warn", "bad"];

/** The combinations of text and background in the window. */
const written = grounds
  .flatMap((ground) => inks.map((ink) => [ink, ground]))
  .concat([
    ["on-accent", "accent"],
    ["on-accent", "accent-strong"],
    ["text", "accent-bg"],
    ["accent", "accent-bg"],
    ["ok", "ok-bg"],
    ["text", "warn-bg"],
    ["warn", "warn-bg"],
    ["text", "bad-bg"],
    ["bad", "bad-bg"],
  ]);

/** Elements that must contrast with their background: frames of fields, the focus ring. */
const drawn = ["panel", "bg", "side", "raised"].flatMap((ground) =>
  ["edge", "accent"].map((ink) => [ink, ground]),
);

describe.each(["light", "dark"] as const)("the %s theme", (name) => {
  const theme = colours(name);

  it("declares its colours", () => {
    expect(theme.size).toBeGreaterThan(15);
  });

  it.each(written)("has --%s readable on --%s", (ink = "", ground = "") => {
    expect(contrast(theme.get(ink) ?? "", theme.get(ground) ?? "")).toBeGreaterThanOrEqual(4.5);
  });

  it.each(drawn)("has --%s visible on --%s", (ink = "", ground = "") => {
    expect(contrast(theme.get(ink) ?? "", theme.get(ground) ?? "")).toBeGreaterThanOrEqual(3);
  });
});

it("measures contrast as the recommendation does", () => {
  expect(contrast("#000000", "#ffffff")).toBeCloseTo(21);
  expect(contrast("#777777", "#ffffff")).toBeCloseTo(4.48, 2);
});
