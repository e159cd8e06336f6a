/** Numbers, sizes, dates and durations, in the user's locale. */

import { speech } from "../text/language.svelte";

const kept = new Map<string, Intl.NumberFormat | Intl.DateTimeFormat | Intl.ListFormat>();

/** Creating a formatter takes far longer than using it, and a list uses the same few for every row. */
function keep<Format extends Intl.NumberFormat | Intl.DateTimeFormat | Intl.ListFormat>(
  key: string,
  make: (locale: string) => Format,
): Format {
  const { locale } = speech;
  const name = `${locale} ${key}`;
  const known = kept.get(name) as Format | undefined;
  if (known) return known;
  const made = make(locale);
  kept.set(name, made);
  return made;
}

/** A whole number, grouped: *1,950*. */
export function number(value: number): string {
  return keep("number", (locale) => new Intl.NumberFormat(locale, { maximumFractionDigits: 0 })).format(
    value,
  );
}

const steps = ["kilobyte", "megabyte", "gigabyte", "terabyte", "petabyte"] as const;

/** A size in bytes with at most three digits, by steps of a thousand: *640 kB*, *1.8 MB*. */
export function size(bytes: number): string {
  const unit = (name: string, digits: number, display: "short" | "long") =>
    keep(
      `${name} ${String(digits)}`,
      (locale) =>
        new Intl.NumberFormat(locale, {
          style: "unit",
          unit: name,
          unitDisplay: display,
          minimumFractionDigits: digits,
          maximumFractionDigits: digits,
        }),
    );
  // 999.5 kB would be written as 1000 kB.
  if (Math.abs(bytes) < 999.5) return unit("byte", 0, "long").format(bytes);
  let value = bytes / 1000;
  let step = 0;
  while (value >= 999.5 && step < steps.length - 1) {
    value /= 1000;
    step += 1;
  }
  const digits = step > 0 && value < 99.95 ? 1 : 0;
  return unit(steps[step] ?? "petabyte", digits, "short").format(value);
}

/** Several items in one phrase: *“a”, “b” and “c”*. */
export function conjunction(things: readonly string[]): string {
  const format = keep("list", (locale) => new Intl.ListFormat(locale, { type: "conjunction" }));
  return format.format(things);
}

/** A local date and time, from milliseconds since 1970: *3 Mar 2023, 16:04*. */
export function dateTime(at: number): string {
  const format = keep(
    "dateTime",
    (locale) => new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short" }),
  );
  return written(format, at);
}

/** A day and a time to the second. */
export function exactTime(at: number): string {
  const format = keep(
    "exactTime",
    (locale) => new Intl.DateTimeFormat(locale, { dateStyle: "full", timeStyle: "long" }),
  );
  return written(format, at);
}

/** A local time: *16:04*. */
export function time(at: number): string {
  return written(
    keep("time", (locale) => new Intl.DateTimeFormat(locale, { timeStyle: "short" })),
    at,
  );
}

/** The day of a moment, in the user's time zone. */
export function date(at: number): string {
  return written(
    keep("date", (locale) => new Intl.DateTimeFormat(locale, { dateStyle: "medium" })),
    at,
  );
}

/** A day stored as its midnight UTC, the same in every time zone: *4 Jan 2024*. */
export function day(midnight: number): string {
  const format = keep(
    "day",
    (locale) => new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeZone: "UTC" }),
  );
  return written(format, midnight);
}

/** A time beyond every calendar, as broken cameras and archives write it, is shown as a number. */
function written(format: Intl.DateTimeFormat, at: number): string {
  return Math.abs(at) <= 8.64e15 ? format.format(at) : String(at);
}

/** Seconds in their two largest units: *45 sec*, *3 min*, *2 hr, 5 min*. */
export function duration(seconds: number): string {
  const whole = Math.max(1, Math.round(seconds));
  if (whole < 60) return amount(whole, "second");
  if (whole < 3600) return amount(Math.round(whole / 60), "minute");
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor((whole % 3600) / 60);
  if (hours < 24) {
    return minutes === 0 ? amount(hours, "hour") : `${amount(hours, "hour")} ${amount(minutes, "minute")}`;
  }
  return amount(Math.round(hours / 24), "day");
}

function amount(value: number, unit: "second" | "minute" | "hour" | "day"): string {
  return keep(
    `amount ${unit}`,
    (locale) =>
      new Intl.NumberFormat(locale, { style: "unit", unit, unitDisplay: unit === "day" ? "long" : "short" }),
  ).format(value);
}

/** A rate in bytes a second: *48 MB/s*. */
export function rate(bytesPerSecond: number): string {
  return `${size(bytesPerSecond)}/s`;
}
