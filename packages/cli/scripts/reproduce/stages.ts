/**
 * What a model file says of its making, as trainings that can be typed: its provenance holds what was typed, one command after the other. Three things are
 * mended: names of flags that have changed since, the model that a later training began with (it was a file then), and a training that was stopped nobody says
 * when and went on with other settings, which is given these from its beginning. "… and stopped after 20" says when, in minutes. What cannot be typed at all is
 * kept as a remark.
 */
import { resolve } from "node:path";
import type { Provenance } from "@pixelcnn/core";
import { CommanderError } from "commander";
import { CliError } from "../../src/cli-error.ts";
import { commandTree } from "../../src/command-tree.ts";
import { resolveSettings } from "../../src/settings/resolve.ts";
import {
  exclusiveSettings,
  type TrainSettings,
  trainDefaults,
  trainSettings,
} from "../../src/settings/train-settings.ts";
import { lengthFlags, lengths, without } from "./words.ts";

export interface Command {
  readonly words: readonly string[];
  /** Minutes that its run had had when it was stopped before its end; null where it ended by itself. */
  readonly stopAfter: number | null;
}

/** One run of `train`, with what was typed to make it go on. */
export interface Stage {
  /** As they were typed, mended, without the run's name: of its beginning, then of every time it went on. */
  readonly commands: readonly Command[];
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
  /** Trainings that were stopped before their end, nobody says when, and went on otherwise. */
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
    const [, own, minutes] = /^(.*?)(?: and stopped after ([\d.]+))?$/.exec(typed)!;
    const words = mended(own!);
    const flags = flagsOf(words, root);
    const last = stages.at(-1);
    if (flags === null || (flags.resume !== undefined && last === undefined)) {
      remarks.push(typed);
      continue;
    }
    const said = { words, flags, stopAfter: minutes === undefined ? null : Number(minutes) };
    if (flags.resume === undefined) stages.push(await beginning(said, last !== undefined));
    else stages[stages.length - 1] = await goneOn(last!, said, cuts);
  }
  return { stages, remarks, cuts };
}

/** Words of a command after `pixelcnn`, with today's names and one word for what was no file's name. */
function mended(typed: string): string[] {
  const own = typed.replace(/^pnpm (?:--silent )?--filter cli /, "");
  const named = own.replace(/(--(?:init-from|warm-start)) (?:its model|<it>)/g, "$1 it");
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

/** A command with what commander reads in it. */
interface Said extends Command {
  readonly flags: Record<string, unknown>;
}

async function beginning({ words, flags, stopAfter }: Said, isLater: boolean): Promise<Stage> {
  const settings = await settingsOf(flags);
  const { initFrom, warmStart } = settings;
  const own = initFrom !== undefined ? "--init-from" : warmStart !== undefined ? "--warm-start" : null;
  const begins = isLater ? own : null;
  const kept = without(words, ["--run", ...(begins === null ? [] : [begins])]);
  return { commands: [{ words: kept, stopAfter }], settings, begins };
}

async function goneOn(stage: Stage, { words, flags, stopAfter }: Said, cuts: string[]): Promise<Stage> {
  const [train, ...own] = without(words, ["--resume"]);
  const asked = await settingsOf(flags);
  const unit = lengths.find((one) => flags[one] !== undefined);
  const changed = Object.keys(flags).filter((key) => key !== "resume");
  const settings = {
    ...withoutLengths(stage.settings, unit !== undefined),
    ...Object.fromEntries(changed.map((key) => [key, asked[key as keyof TrainSettings]])),
  } as TrainSettings;
  const before = unit && stage.settings[unit];
  const isLonger = unit !== undefined && before !== undefined && Number(before) < Number(settings[unit]);
  if (isLonger || stage.commands.at(-1)!.stopAfter !== null)
    return { ...stage, settings, commands: [...stage.commands, { words: [train!, ...own], stopAfter }] };

  // It was stopped, and nobody says when: all of it is as its end was.
  if (unit !== undefined) {
    const had = lengths.find((one) => stage.settings[one] !== undefined);
    const length = had === undefined ? "a length" : `${stage.settings[had]} ${had}`;
    cuts.push(`${length} became ${settings[unit]} ${unit}`);
  }
  const others = without(own, lengthFlags);
  if (others.length > 0) cuts.push(`it went on with ${others.join(" ")}`);
  // Less than it was prolonged to is less than it had when it was.
  const from = unit === undefined ? stage.commands.length - 1 : sinceStopped(stage.commands);
  const merged = [...stage.commands.slice(from).map(({ words }) => words.slice(1)), own].reduce(overwritten);
  const whole = { words: [train!, ...merged], stopAfter };
  return { ...stage, settings, commands: [...stage.commands.slice(0, from), whole] };
}

/** The place of the first command after the last that was stopped, nobody says of the others when. */
function sinceStopped(commands: readonly Command[]): number {
  return commands.reduce((from, { stopAfter }, i) => (stopAfter === null ? from : i + 1), 0);
}

/** Flags, and those of a later command in their place; a length in that of any other. */
function overwritten(flags: readonly string[], later: readonly string[]): string[] {
  const names = later.filter((word) => word.startsWith("--"));
  const isLength = names.some((name) => lengthFlags.includes(name));
  return [...without(flags, [...names, ...(isLength ? lengthFlags : [])]), ...later];
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
