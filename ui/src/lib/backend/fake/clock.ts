/** The time of a fake vault: that of the computer, or one that a test controls. */

/** Reads the time and runs repeated steps. */
export interface FakeClock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Calls `step` at this interval in milliseconds until the returned function is called. */
  every(milliseconds: number, step: () => void): () => void;
  /** Waits. */
  sleep(milliseconds: number): Promise<void>;
}

/** A clock that only moves on `advance`. */
export interface ManualClock extends FakeClock {
  /** Advances by this many milliseconds, and runs everything due in them. */
  advance(milliseconds: number): void;
}

/** Runs once after this many milliseconds, unless the returned function is called before. */
export function later(clock: FakeClock, milliseconds: number, step: () => void): () => void {
  const stop = clock.every(milliseconds, () => {
    stop();
    step();
  });
  return stop;
}

/** The start time of all fake vaults, so that two runs show the same: 22 November 2026, 10:32 UTC. */
export const START = Date.UTC(2026, 10, 22, 10, 32);

/** A clock that starts at `START` and runs like the computer's. */
export function runningClock(): FakeClock {
  const begun = performance.now();
  return {
    now: () => START + Math.round(performance.now() - begun),
    every(milliseconds, step) {
      const timer = setInterval(step, milliseconds);
      return () => {
        clearInterval(timer);
      };
    },
    sleep: (milliseconds) => new Promise((done) => setTimeout(done, milliseconds)),
  };
}

/** A clock for tests. Sleeping on it takes no time. */
export function manualClock(): ManualClock {
  let now = START;
  const timers = new Set<{ due: number; period: number; step: () => void }>();
  return {
    now: () => now,
    every(period, step) {
      const timer = { due: now + period, period, step };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    sleep: () => Promise.resolve(),
    advance(milliseconds) {
      const end = now + milliseconds;
      for (;;) {
        const next = [...timers].filter(({ due }) => due <= end).sort((a, b) => a.due - b.due)[0];
        if (next === undefined) break;
        now = next.due;
        next.due += next.period;
        next.step();
      }
      now = end;
    },
  };
}
