/** What two runs do not have in common: settings, and what came of them. */
import { flatConfig } from "./flat-config.ts";
import { runColumns } from "./run-columns.ts";
import type { RunStatus } from "./run-status.ts";

export interface Difference {
  readonly name: string;
  /** Empty where a run has no such setting. */
  readonly left: string;
  readonly right: string;
}

export interface ConfigDifference {
  readonly settings: readonly Difference[];
  /** Settings that both have alike. */
  readonly alike: number;
  /** All figures of the list, alike or not. */
  readonly figures: readonly Difference[];
}

export function configDifference(left: RunStatus, right: RunStatus): ConfigDifference {
  const [a, b] = [flatConfig(left.config), flatConfig(right.config)];
  const names = [...new Set([...a.keys(), ...b.keys()])].sort();
  const all = names.map((name) => ({ name, left: a.get(name) ?? "", right: b.get(name) ?? "" }));
  const settings = all.filter((setting) => setting.left !== setting.right);
  const figures = runColumns
    .filter(({ name }) => !["run", "model", "data set"].includes(name))
    .map(({ name, text }) => ({ name, left: text(left), right: text(right) }));
  return { settings, alike: all.length - settings.length, figures };
}
