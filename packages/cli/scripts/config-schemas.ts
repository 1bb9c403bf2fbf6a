/** The JSON Schemas of config files, so that editors complete and check them. */
import { type JsonSchema, toJsonSchema } from "@valibot/to-json-schema";
import * as v from "valibot";
import { evaluateDefaults, evaluateSettings } from "../src/settings/evaluate-settings.ts";
import { generateDefaults, generateSettings } from "../src/settings/generate-settings.ts";
import type { SettingsSchema } from "../src/settings/schema.ts";
import { trainDefaults, trainSettings } from "../src/settings/train-settings.ts";
import { trainLineSchema } from "../src/training/train-lines.ts";

/** Text of every schema file, by its name in `configs/`. */
export function configSchemas(): Record<string, string> {
  return {
    "train.schema.json": textOf("train", trainSettings, trainDefaults),
    "generate.schema.json": textOf("generate", generateSettings, generateDefaults),
    "evaluate.schema.json": textOf("evaluate", evaluateSettings, evaluateDefaults),
    "train-events.schema.json": linesText(),
  };
}

/** Of a line that `train --json` prints, not of a config file. */
function linesText(): string {
  const schema = toJsonSchema(trainLineSchema, { ignoreActions: ["safe_integer"], errorMode: "ignore" });
  return `${JSON.stringify({ title: "A line of pixelcnn train --json", ...schema }, null, 2)}\n`;
}

function textOf(command: string, settings: SettingsSchema, defaults: Record<string, unknown>): string {
  // JSON has no infinity, so nothing is lost with `finite`; what shells offer is no matter of editors.
  const schema = toJsonSchema(v.partial(settings), { ignoreActions: ["finite", "check", "metadata"] });
  const properties: Record<string, unknown> = { $schema: { type: "string" } };
  for (const [name, property] of Object.entries(schema.properties as Record<string, JsonSchema>)) {
    properties[name] = name in defaults ? { ...property, default: defaults[name] } : property;
  }
  const { $schema, required: _, ...rest } = schema;
  const title = `Settings of pixelcnn ${command}`;
  return `${JSON.stringify({ $schema, title, ...rest, properties }, null, 2)}\n`;
}
