import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { loadDataset, parseSize } from "@pixelcnn/datasets";
import { describe, expect, it } from "vitest";
import { configSchemas } from "../../scripts/config-schemas.ts";
import { evaluateDefaults, evaluateSettings } from "../../src/settings/evaluate-settings.ts";
import { generateDefaults, generateSettings } from "../../src/settings/generate-settings.ts";
import { resolveSettings } from "../../src/settings/resolve.ts";
import type { SettingsSchema } from "../../src/settings/schema.ts";
import { exclusiveSettings, trainDefaults, trainSettings } from "../../src/settings/train-settings.ts";

const configs = fileURLToPath(new URL("../../configs/", import.meta.url));
const commands: Record<string, { schema: SettingsSchema; defaults: Record<string, unknown> }> = {
  train: { schema: trainSettings, defaults: trainDefaults },
  generate: { schema: generateSettings, defaults: generateDefaults },
  evaluate: { schema: evaluateSettings, defaults: evaluateDefaults },
};
const schemaFiles = Object.keys(commands).map((command) => `${command}.schema.json`);
const ready = readdirSync(configs).filter((name) => !name.endsWith(".schema.json"));

/** A config file's content and its settings, by the schema that it names. */
async function resolved(name: string) {
  const content = JSON.parse(readFileSync(configs + name, "utf8"));
  const [, command] = /^\.\/(\w+)\.schema\.json$/.exec(content.$schema) ?? [];
  const { schema, defaults } = commands[command!]!;
  const flags = { config: configs + name };
  return {
    content,
    settings: await resolveSettings(schema, { defaults, flags, exclusive: exclusiveSettings }),
  };
}

describe("the ready config files", () => {
  it.each(ready)("%s is valid, and every setting in it counts", async (name) => {
    const { content, settings } = await resolved(name);
    const { $schema: _, ...named } = content;
    expect(settings).toMatchObject(named);
  });

  it("default.json is what runs without a config file", async () => {
    const { settings } = await resolved("default.json");
    const { size, ...rest } = settings as typeof settings & { size: string };
    expect(rest).toEqual(trainDefaults);
    // No size among the defaults: not every set has one to choose.
    const { height, width } = await loadDataset("glyphs", { base: configs, folders: [] });
    expect(parseSize(size)).toEqual({ height, width });
  });

  it("mnist-naive.json is the classical starting point", async () => {
    const { settings } = await resolved("mnist-naive.json");
    expect(settings).toMatchObject({
      dataset: "mnist",
      model: "naive",
      layers: 8,
      channels: 64,
      levels: 256,
    });
    expect(settings).toMatchObject({ batchSize: 144, epochs: 25 });
    const generate = (await resolved("mnist-naive-generate.json")).settings;
    expect(generate).toMatchObject({
      count: 144,
      columns: 12,
      modelFile: (settings as { run?: string }).run,
    });
  });
});

describe("the JSON Schemas", () => {
  it("are current: `pnpm --filter cli write-schemas` changes nothing", () => {
    const schemas = configSchemas();
    expect(Object.keys(schemas).sort()).toEqual([...schemaFiles, "train-events.schema.json"].sort());
    for (const [name, text] of Object.entries(schemas))
      expect(readFileSync(configs + name, "utf8")).toBe(text);
  });

  it.each(Object.keys(commands))("%s: every setting, none required, each with its description", (command) => {
    const { schema, defaults } = commands[command]!;
    const json = JSON.parse(readFileSync(`${configs}${command}.schema.json`, "utf8"));
    expect(Object.keys(json.properties)).toEqual(["$schema", ...Object.keys(schema.entries)]);
    expect(json.additionalProperties).toBe(false);
    expect(json.required).toBeUndefined();
    for (const name of Object.keys(schema.entries)) {
      expect(json.properties[name].description).toMatch(/\w/);
      expect(json.properties[name].default).toEqual(defaults[name]);
    }
  });

  it("say the same of a value as the validator", () => {
    const { levels, dropout, model, dilations } = JSON.parse(
      readFileSync(`${configs}train.schema.json`, "utf8"),
    ).properties;
    expect(levels).toMatchObject({ type: "integer", minimum: 2, maximum: 65_536, default: 4 });
    expect(dropout).toMatchObject({ type: "number", minimum: 0, maximum: 0.95, default: 0 });
    expect(model).toMatchObject({
      enum: ["naive", "pixelcnn", "gated", "pixelcnn++", "local", "snail", "row-lstm", "diagonal-bilstm"],
      default: "gated",
    });
    expect(dilations).toMatchObject({ type: "array", items: { type: "integer", minimum: 1, maximum: 64 } });
  });
});
