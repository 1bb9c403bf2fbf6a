import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Clock } from "../src/app/clock.ts";

const INTERVAL_MS = 50;

let ticks: number[];
let moves: boolean;
let clock: Clock;
beforeEach(() => {
  vi.useFakeTimers();
  ticks = [];
  moves = false;
  clock = new Clock(
    INTERVAL_MS,
    (ms) => ticks.push(ms),
    () => !moves,
  );
});
afterEach(() => {
  clock.close();
  vi.useRealTimers();
});

test("it ticks for a while after a change, and then there is no timer", () => {
  expect(vi.getTimerCount()).toBe(0);
  clock.wake();
  vi.advanceTimersByTime(60_000);
  expect(vi.getTimerCount()).toBe(0);
  expect(ticks.length).toBeGreaterThan(10);
  expect(ticks.length).toBeLessThan(40);
  expect(new Set(ticks)).toEqual(new Set([INTERVAL_MS]));
});

test("every change lets it go on, and the time at rest is no time", () => {
  clock.wake();
  vi.advanceTimersByTime(60_000);
  const before = ticks.length;
  clock.wake();
  vi.advanceTimersByTime(INTERVAL_MS);
  expect(ticks.slice(before)).toEqual([INTERVAL_MS]);
  for (let i = 0; i < 100; i++) {
    clock.wake();
    vi.advanceTimersByTime(INTERVAL_MS);
  }
  expect(ticks.slice(before)).toHaveLength(101);
});

test("it never rests while something moves by itself", () => {
  moves = true;
  clock.wake();
  vi.advanceTimersByTime(1000 * INTERVAL_MS);
  expect(ticks).toHaveLength(1000);
  moves = false;
  vi.advanceTimersByTime(INTERVAL_MS);
  expect(vi.getTimerCount()).toBe(0);
});

test("closed, it is at rest for good, also where something that moves is told of later", () => {
  moves = true;
  clock.wake();
  clock.close();
  clock.wake();
  vi.advanceTimersByTime(1000);
  expect(ticks).toEqual([]);
  expect(vi.getTimerCount()).toBe(0);
});
