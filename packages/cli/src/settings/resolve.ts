/** Settings of one call: defaults, then the config file, then flags. */
import { readFile, stat } from "node:fs/promises";
import { excerpt } from "@pixelcnn/core";
import * as v from "valibot";
import { CliError } from "../cli-error.ts";
import { shown } from "../output/shown.ts";
import { didYouMean } from "../output/suggestion.ts";
import { userPath } from "../user-path.ts";
import { parseConfig } from "./config-text.ts";
import { flagOf, readFlags } from "./flags.ts";
import { type SettingsSchema, suggestionsOf } from "./schema.ts";

export interface Sources {
  readonly defaults: Record<string, unknown>;
  /** As commander gives them; `config` names the config file. */
  readonly flags: Record<string, unknown>;
  /** Groups of settings of which a source names one at most, and by that replaces those of earlier sources. */
  readonly exclusive?: readonly (readonly string[])[];
}

/** @throws {CliError} naming the setting, what was expected and what came. */
export async function resolveSettings<S extends SettingsSchema>(
  schema: S,
  sources: Sources,
): Promise<v.InferOutput<S>> {
  return check(schema, await merge(schema, sources), "--");
}

/** The settings that a config file or a flag names: what somebody chose, without the defaults. */
export async function namedSettings<S extends SettingsSchema>(
  schema: S,
  sources: Omit<Sources, "defaults">,
): Promise<Partial<v.InferOutput<S>>> {
  const named = await merge(schema, { ...sources, defaults: {} });
  return check(v.partial(schema), named, "--") as Partial<v.InferOutput<S>>;
}

/** Every source over the one before it. */
async function merge(
  schema: SettingsSchema,
  { defaults, flags, exclusive = [] }: Sources,
): Promise<Record<string, unknown>> {
  const path = typeof flags.config === "string" ? userPath(flags.config) : null;
  const file = path === null ? {} : await readConfig(schema, path);
  const typed = readFlags(schema, flags);
  let settings: Record<string, unknown> = {};
  for (const source of [defaults, file, typed]) {
    const replaced = exclusive.filter((group) => {
      const named = group.filter((key) => key in source);
      if (named.length > 1) {
        const [prefix, names] = source === typed ? ["", named.map(flagOf)] : [`${path}: `, named];
        const all = named.length === 2 ? "both" : "all";
        throw new CliError(`${prefix}expected one of ${names.join(", ")}, got ${all}; leave one`);
      }
      return named.length === 1;
    });
    const kept = Object.entries(settings).filter(([key]) => !replaced.some((group) => group.includes(key)));
    settings = { ...Object.fromEntries(kept), ...source };
  }
  return settings;
}

/** Far more than all settings take. */
const MOST_CONFIG_BYTES = 2 ** 20;

/** The settings of a config file. `$schema` is for editors. */
async function readConfig(schema: SettingsSchema, path: string): Promise<Record<string, unknown>> {
  const stats = await stat(path).catch((cause) => {
    throw new CliError(`expected a config file at ${path}, found none`, { cause });
  });
  if (!stats.isFile()) {
    const kind = stats.isDirectory() ? "a folder" : "a device or a pipe";
    throw new CliError(`${path}: expected a config file, got ${kind}; name a file`);
  }
  if (stats.size > MOST_CONFIG_BYTES) {
    throw new CliError(
      `${path}: expected a config file of at most ${MOST_CONFIG_BYTES} bytes, got ${stats.size}; name another`,
    );
  }
  const json = await parseConfig(await readFile(path), path);
  if (typeof json !== "object" || json === null || Array.isArray(json)) {
    throw new CliError(`${path}: expected an object of settings, got ${shown(json)}`);
  }
  const { $schema: _, ...settings } = json as Record<string, unknown>;
  return check(v.partial(schema), asTyped(schema, settings), `${path}: `) as Record<string, unknown>;
}

/** A run may be called 2024, and a class is one of 3: where text is wanted, a number is what a flag would be given. */
function asTyped(schema: SettingsSchema, settings: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(settings).map(([key, value]) => {
      const setting = Object.hasOwn(schema.entries, key) ? schema.entries[key] : undefined;
      const isText = setting !== undefined && typeof value === "number" && !v.is(setting, value);
      return [key, isText && v.is(setting, String(value)) ? String(value) : value];
    }),
  );
}

function check<S extends v.GenericSchema>(schema: S, value: unknown, prefix: string): v.InferOutput<S> {
  const result = v.safeParse(schema, value);
  if (result.success) return result.output;
  const issue = result.issues[0];
  const key = String(issue.path?.[0].key ?? "");
  const name = prefix === "--" ? flagOf(excerpt(key)) : `${prefix}${excerpt(key)}`;
  const { entries } = schema as unknown as SettingsSchema;
  if (!Object.hasOwn(entries, key)) {
    const known = Object.keys(entries);
    throw new CliError(
      `${name}: expected a known setting, got one of no meaning${didYouMean(key, known)}; see --help for all of them`,
    );
  }
  if (issue.type === "strict_object") throw new CliError(`${name}: expected a value, got none; give it one`);
  const meant = typeof issue.input === "string" ? didYouMean(issue.input, suggestionsOf(entries[key]!)) : "";
  throw new CliError(`${name}: expected ${issue.message}, got ${shown(issue.input)}${meant}`);
}
