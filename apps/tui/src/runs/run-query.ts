/**
 * What is typed to find runs: words, all of which must fit.
 *
 *     mnist          name, standing, engine or something of the config contains it
 *     -mnist         … does not
 *     layers=10      a figure or a setting is that; != is not
 *     nats<80        lower; also <=, > and >=
 *
 * Upper and lower case are one.
 */
import { flatConfig } from "./flat-config.ts";
import type { RunStatus } from "./run-status.ts";

export function matches(query: string, run: RunStatus): boolean {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  return words.every((word) => fits(word, run));
}

const COMPARISON = /^([\w./-]+?)(<=|>=|!=|=|<|>)(.+)$/;

function fits(word: string, run: RunStatus): boolean {
  const [, key, operator, wanted] = COMPARISON.exec(word) ?? [];
  if (key !== undefined) return compares(figureOf(run, key), operator!, wanted!);
  if (word.startsWith("-") && word.length > 1) return !contains(run, word.slice(1));
  return contains(run, word);
}

function contains(run: RunStatus, word: string): boolean {
  const { name, standing, backend, config } = run;
  const settings = [...flatConfig(config).values()];
  return [name, standing, backend, ...settings].some((text) => text.toLowerCase().includes(word));
}

/** A figure of the list by the word for it, or a setting. */
function figureOf(run: RunStatus, key: string): string | null {
  const figures: Readonly<Record<string, string | number | null>> = {
    ...{ name: run.name, run: run.name, standing: run.standing, engine: run.backend },
    ...{ epoch: run.epoch, step: run.step, nats: run.testNats, "bits/dim": run.bitsPerDim },
    ...{ bits: run.bitsPerDim, speed: run.imagesPerSecond, "pictures/s": run.imagesPerSecond },
  };
  if (Object.hasOwn(figures, key)) return figures[key] === null ? null : String(figures[key]).toLowerCase();
  for (const [setting, value] of flatConfig(run.config)) {
    if (setting.toLowerCase() === key) return value.toLowerCase();
  }
  return null;
}

function compares(value: string | null, operator: string, wanted: string): boolean {
  if (operator === "!=") return value !== wanted;
  if (value === null) return false;
  const [a, b] = [Number(value), Number(wanted)];
  switch (operator) {
    case "=":
      return value === wanted || a === b;
    case "<":
      return a < b;
    case "<=":
      return a <= b;
    case ">":
      return a > b;
    default:
      return a >= b;
  }
}
