import { describe, expect, it } from "vitest";

import css from "./app.css?raw";

/** The colours a `:root` block declares, by name. */
function colours(block: string): Map<string, string> {
  return new Map(
    [...block.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map((found) => [found[1] ?? "", found[2] ?? ""]),
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

const [light = "", dark = ""] = css.split("@media (prefers-color-scheme: dark)");
const themes = { light: colours(light), dark: colours(dark) };

/** What is written on what, anywhere in the window. */
const pairs = ["panel", "bg", "side"]
  .flatMap((ground) => ["text", "soft", "faint", "accent"].map((ink) => [ink, ground]))
  .concat([
    ["on-accent", "accent"],
    ["text", "accent-bg"],
    ["accent", "accent-bg"],
    ["text", "warn-bg"],
    ["warn", "warn-bg"],
    ["warn", "panel"],
  ]);

describe.each(Object.entries(themes))("the %s theme", (_, theme) => {
  it("declares every colour of the other", () => {
    expect([...theme.keys()].sort()).toEqual([...themes.light.keys()].sort());
    expect(theme.size).toBeGreaterThan(10);
  });

  it.each(pairs)("has --%s readable on --%s", (ink = "", ground = "") => {
    expect(contrast(theme.get(ink) ?? "", theme.get(ground) ?? "")).toBeGreaterThanOrEqual(4.5);
  });
});

it("measures contrast as the recommendation does", () => {
  expect(contrast("#000000", "#ffffff")).toBeCloseTo(21);
  expect(contrast("#777777", "#ffffff")).toBeCloseTo(4.48, 2);
});
