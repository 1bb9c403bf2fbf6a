/**
 * What a model file says of its making, as trainings that can be typed: its provenance holds what was typed, one command after the other. Three things are
 * mended: names of flags that have changed since, the model that a later training began with (it was a file then), and a training that was stopped and went on
 * for less, which is given that length from its beginning. What cannot be typed at all is kept as a remark.
 */
import { resolve } from "node:path";
import type { Provenance } from "@pixelcnn/core";
import { CommanderError } from "commander";
import { CliError } from "../../src/cli-error.ts";
import { commandTree } from "../../src/command-tree.ts";
import { flagOf } from "../../src/settings/flags.ts";
import { resolveSettings } from "../../src/settings/resolve.ts";
import {
  exclusiveSettings,
  type TrainSettings,
  trainDefaults,
  trainSettings,
} from "../../src/settings/train-settings.ts";
import { lengthFlags, lengths, without } from "./words.ts";

/** One run of `train`, with what was typed to make it go on. */
export interface Stage {
  /** As they were typed, mended, without the run's name: of its beginning, then of every time it went on. */
  readonly commands: readonly (readonly string[])[];
  /** All that it has, at its end. */
  readonly settings: TrainSettings;
  /** The flag by which it begins with the model of the stage before; null where it begins anew, or with a model of another name. */
  readonly begins: "--init-from" | "--warm-start" | null;
}

/** Stages in their order, and why what they make need not be the same weights. */
export interface Making {
  readonly stages: readonly Stage[];
  /** Parts of the history that nobody can type. */
  readonly remarks: readonly string[];
  /** Trainings that were stopped before the length that they were given. */
  readonly cuts: readonly string[];
}

/** Flags by the names that they had. */
const renamed: Readonly<Record<string, string>> = { "--ramps": "--hinges" };

/**
 * @param root where the names of config files begin.
 * @throws {CliError} for a setting that is none; a history that begins in the middle has no stages.
 */
export async function stagesOf({ command }: Provenance, root: string): Promise<Making> {
  const stages: Stage[] = [];
  const remarks: string[] = [];
  const cuts: string[] = [];
  for (const typed of command.split("; ")) {
    const words = mended(typed);
    const flags = flagsOf(words, root);
    const last = stages.at(-1);
    if (flags === null || (flags.resume !== undefined && last === undefined)) {
      remarks.push(typed);
      continue;
    }
    if (flags.resume === undefined) stages.push(await beginning(words, flags, last !== undefined));
    else stages[stages.length - 1] = await goneOn(last!, words, flags, cuts);
  }
  return { stages, remarks, cuts };
}

/** Words of a command, with today's names and one word for what was no file's name. */
function mended(typed: string): string[] {
  const named = typed.replace(/(--(?:init-from|warm-start)) (?:its model|<it>)/g, "$1 it");
  return named.split(/\s+/).map((word) => renamed[word] ?? word);
}

/** As commander reads them; null for what is no training. */
function flagsOf(words: readonly string[], root: string): Record<string, unknown> | null {
  const train = commandTree().commands.find((command) => command.name() === "train")!;
  if (words[0] !== train.name()) return null;
  let flags: Record<string, unknown> = {};
  train
    .exitOverride()
    .configureOutput({ writeErr: () => {} })
    .action((read) => {
      flags = read;
    });
  try {
    train.parse(words.slice(1), { from: "user" });
  } catch (error) {
    if (error instanceof CommanderError) return null;
    throw error;
  }
  return { ...flags, ...(typeof flags.config === "string" && { config: resolve(root, flags.config) }) };
}

async function beginning(
  words: readonly string[],
  flags: Record<string, unknown>,
  isLater: boolean,
): Promise<Stage> {
  const settings = await settingsOf(flags);
  const { initFrom, warmStart } = settings;
  const own = initFrom !== undefined ? "--init-from" : warmStart !== undefined ? "--warm-start" : null;
  const begins = isLater ? own : null;
  const kept = without(words, ["--run", ...(begins === null ? [] : [begins])]);
  return { commands: [kept], settings, begins };
}

async function goneOn(
  stage: Stage,
  words: readonly string[],
  flags: Record<string, unknown>,
  cuts: string[],
): Promise<Stage> {
  const kept = without(words, ["--resume"]);
  const asked = await settingsOf(flags);
  const unit = lengths.find((one) => flags[one] !== undefined);
  const changed = Object.keys(flags).filter((key) => key !== "resume");
  const settings = {
    ...withoutLengths(stage.settings, unit !== undefined),
    ...Object.fromEntries(changed.map((key) => [key, asked[key as keyof TrainSettings]])),
  } as TrainSettings;
  if (unit === undefined) return { ...stage, settings, commands: [...stage.commands, kept] };
  const before = stage.settings[unit];
  if (before !== undefined && Number(before) < Number(settings[unit]))
    return { ...stage, settings, commands: [...stage.commands, kept] };
  const had = lengths.find((one) => stage.settings[one] !== undefined);
  cuts.push(
    `${had === undefined ? "a length" : `${stage.settings[had]} ${had}`} became ${settings[unit]} ${unit}`,
  );
  const flag = flagOf(unit);
  const first = [...without(stage.commands[0]!, lengthFlags), flag, String(flags[unit])];
  const others = without(kept, [flag]);
  return { ...stage, settings, commands: [[...first, ...others.slice(1)]] };
}

function settingsOf(flags: Record<string, unknown>): Promise<TrainSettings> {
  const { resume: _, ...own } = flags;
  return resolveSettings(trainSettings, {
    defaults: trainDefaults,
    flags: own,
    exclusive: exclusiveSettings,
  });
}

function withoutLengths(settings: TrainSettings, isNeeded: boolean): Partial<TrainSettings> {
  if (!isNeeded) return settings;
  return Object.fromEntries(
    Object.entries(settings).filter(([key]) => !lengths.some((one) => one === key)),
  ) as Partial<TrainSettings>;
}

/** @throws {CliError} with what the file says, where there is nothing to begin with. */
export function checkWhole(model: string, { stages, remarks }: Making): void {
  if (stages.length > 0) return;
  throw new CliError(
    `${model}: expected a history from its beginning, got "${remarks.join("; ")}"; models/${model}.md says how it began`,
  );
}
