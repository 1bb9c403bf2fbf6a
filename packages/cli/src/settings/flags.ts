/** Flags made from a schema: `batchSize` is --batch-size, and its help is the schema's description and the default. */
import { type Command, Option } from "commander";
import type { Offers } from "../tree/offered-argument.ts";
import { descriptionOf, isChoice, isModel, kindOf, type SettingsSchema, suggestionsOf } from "./schema.ts";

/** Headings of a long help, and the settings below each; what is below none stays among the other options. */
export type FlagGroups = Readonly<Record<string, readonly string[]>>;

/** Adds one flag a setting. Values stay text here; the schema judges them together with those of the config file. */
export function addFlags(
  command: Command,
  schema: SettingsSchema,
  defaults: Record<string, unknown>,
  groups: FlagGroups = {},
): Command {
  for (const [key, setting] of Object.entries(schema.entries)) {
    const kind = kindOf(setting);
    const name = flagOf(key);
    const flags = kind === "flag" ? name : `${name} <${placeholder(kind)}>`;
    const offers = isModel(setting) ? "models" : suggestionsOf(setting);
    const option = new SettingOption(flags, help(key, setting), offers, !isChoice(setting));
    const heading = Object.keys(groups).find((one) => groups[one]!.includes(key));
    command.addOption(heading === undefined ? option : option.helpGroup(heading));
  }
  return command;

  function help(key: string, setting: Parameters<typeof descriptionOf>[0]): string {
    const value = defaults[key];
    return value === undefined || value === false
      ? descriptionOf(setting)
      : `${descriptionOf(setting)} (default: ${String(value)})`;
  }
}

/** A flag, and what a shell may offer for its value. The schema alone judges one. */
class SettingOption extends Option {
  /** @param isOpen whether it may be another value, such as the path of a file. */
  constructor(
    flags: string,
    description: string,
    readonly offers: Offers,
    readonly isOpen: boolean,
  ) {
    super(flags, description);
  }
}

/** The flag of a setting: --batch-size of `batchSize`. */
export function flagOf(key: string): string {
  return `--${key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

/** Flags as typed, as the values they stand for: "16" is 16 where the schema wants a number. */
export function readFlags(schema: SettingsSchema, flags: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(schema.entries)
      .filter(([key]) => flags[key] !== undefined)
      .map(([key, setting]) => [key, convert(kindOf(setting), flags[key])]),
  );
}

function convert(kind: ReturnType<typeof kindOf>, value: unknown): unknown {
  if (typeof value !== "string") return value;
  if (kind === "number") return number(value);
  if (kind === "numbers") return value.split(",").map(number);
  if (kind === "texts") return value.split(",");
  return value;
}

/** The number, or the text itself so that the message can show it. */
function number(value: string): number | string {
  return value.trim() === "" || Number.isNaN(Number(value)) ? value : Number(value);
}

function placeholder(kind: ReturnType<typeof kindOf>): string {
  return { number: "n", numbers: "n,n,…", texts: "name,…", text: "value", flag: "" }[kind];
}
