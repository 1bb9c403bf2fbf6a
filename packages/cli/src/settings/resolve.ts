/** Settings of one call: defaults, then the config file, then flags. */
import { readFile } from "node:fs/promises";
import * as v from "valibot";
import { CliError } from "../cli-error.ts";
import { userPath } from "../paths.ts";
import { readFlags } from "./flags.ts";
import type { SettingsSchema } from "./schema.ts";

export interface Sources {
  readonly defaults: Record<string, unknown>;
  /** As commander gives them; `config` names the config file. */
  readonly flags: Record<string, unknown>;
  /** Settings of which a later source replaces all by naming one. */
  readonly exclusive?: readonly string[];
}

/** @throws {CliError} naming the setting, what was expected and what came. */
export async function resolveSettings<S extends SettingsSchema>(
  schema: S,
  { defaults, flags, exclusive = [] }: Sources,
): Promise<v.InferOutput<S>> {
  const file = typeof flags.config === "string" ? await readConfig(schema, userPath(flags.config)) : {};
  let settings: Record<string, unknown> = {};
  for (const source of [defaults, file, readFlags(schema, flags)]) {
    const named = exclusive.filter((key) => key in source);
    if (named.length > 1)
      throw new CliError(`expected one of ${named.join(", ")}, got ${named.length}; leave one`);
    const kept = Object.entries(settings).filter(([key]) => named.length === 0 || !exclusive.includes(key));
    settings = { ...Object.fromEntries(kept), ...source };
  }
  return check(schema, settings, "--");
}

/** The settings of a config file. `$schema` is for editors. */
async function readConfig(schema: SettingsSchema, path: string): Promise<Record<string, unknown>> {
  const content = await readFile(path, "utf8").catch((cause) => {
    throw new CliError(`expected a config file at ${path}, found none`, { cause });
  });
  let json: unknown;
  try {
    json = JSON.parse(content);
  } catch (cause) {
    throw new CliError(`${path}: expected JSON, got ${(cause as Error).message}`, { cause });
  }
  if (typeof json !== "object" || json === null || Array.isArray(json)) {
    throw new CliError(`${path}: expected an object of settings, got ${JSON.stringify(json).slice(0, 40)}`);
  }
  const { $schema: _, ...settings } = json as Record<string, unknown>;
  return check(v.partial(schema), settings, `${path}: `) as Record<string, unknown>;
}

function check<S extends v.GenericSchema>(schema: S, value: unknown, prefix: string): v.InferOutput<S> {
  const result = v.safeParse(schema, value);
  if (result.success) return result.output;
  const issue = result.issues[0];
  const key = String(issue.path?.[0].key ?? "");
  const name =
    prefix === "--"
      ? `--${key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`
      : `${prefix}${key}`;
  if (issue.type === "strict_object" && issue.expected === "never") {
    throw new CliError(
      `${name}: expected a known setting, got one of no meaning; see --help for all of them`,
    );
  }
  throw new CliError(`${name}: expected ${issue.message}, got ${JSON.stringify(issue.input)}`);
}
