import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { CliError } from "../../src/cli-error.ts";
import { generateDefaults, generateSettings } from "../../src/settings/generate-settings.ts";
import { resolveSettings } from "../../src/settings/resolve.ts";
import { minutesOf } from "../../src/settings/schema.ts";
import { exclusiveSettings, trainDefaults, trainSettings } from "../../src/settings/train-settings.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const folder = temporaryFolder();
const path = join(folder, "config.json");

/** Settings of `train` from a config file with this content and these flags. */
function resolved(content: unknown, flags: Record<string, unknown> = {}) {
  const text = typeof content === "string" ? content : JSON.stringify(content);
  if (content !== undefined) writeFileSync(path, text);
  return resolveSettings(trainSettings, {
    defaults: trainDefaults,
    flags: { ...flags, ...(content !== undefined && { config: path }) },
    exclusive: exclusiveSettings,
  });
}

describe("what wins", () => {
  it("defaults, when nothing else is named", async () => {
    expect(await resolved(undefined)).toEqual(trainDefaults);
    expect(await resolved({})).toEqual(trainDefaults);
  });

  it("the config file over defaults, a flag over both", async () => {
    expect(await resolved({ layers: 3, seed: 5 })).toEqual({ ...trainDefaults, layers: 3, seed: 5 });
    expect(await resolved({ layers: 3, seed: 5 }, { layers: "2" })).toEqual({
      ...trainDefaults,
      layers: 2,
      seed: 5,
    });
    expect((await resolved({ seed: 5 }, { seed: "0" })).seed).toBe(0);
  });

  it("flags are read as what the schema wants", async () => {
    const flags = {
      dilations: "1,2,4",
      dropout: "0.25",
      size: "8",
      model: "naive",
      learningRate: "1e-3",
      grey: true,
    };
    expect(await resolved(undefined, flags)).toMatchObject({
      ...{ dilations: [1, 2, 4], dropout: 0.25, size: "8", model: "naive", learningRate: 0.001, grey: true },
    });
  });

  it.each([
    [undefined, {}, { minutes: 2.5 }],
    [{ steps: 7 }, {}, { steps: 7 }],
    [undefined, { epochs: "2" }, { epochs: 2 }],
    [{ steps: 7 }, { epochs: "2" }, { epochs: 2 }],
    [{ epochs: 7 }, { minutes: "0.5" }, { minutes: 0.5 }],
  ])("epochs, steps and minutes take one another's place: %j, %j", async (content, flags, length) => {
    const { epochs, steps, minutes } = await resolved(content, flags);
    expect({ epochs, steps, minutes }).toEqual(length);
  });
});

it.each([
  ["90s", 1.5],
  ["30m", 30],
  ["1h30m", 90],
  ["2d1s", 2880 + 1 / 60],
])("%s is so many minutes", (time, minutes) => {
  expect(minutesOf(time)).toBeCloseTo(minutes, 9);
});

describe("a config file as editors leave it", () => {
  const text = '// the usual\n{ "layers": 3, /* not "seed": 1, but */ "seed": 5 }\n';
  const utf16be = Buffer.from(`\ufeff${text}`, "utf16le").swap16();

  it.each<[string, Uint8Array | string]>([
    ["with comments", text],
    ["with commas after the last", '{ "layers": 3, "dilations": [1, 2,], "seed": 5, }'],
    ["with a byte order mark", `\ufeff${text}`],
    ["in UTF-16", Buffer.from(`\ufeff${text}`, "utf16le")],
    ["in UTF-16 the other way round", utf16be],
  ])("%s is read", async (_, bytes) => {
    writeFileSync(path, bytes);
    const settings = await resolveSettings(trainSettings, {
      defaults: trainDefaults,
      flags: { config: path },
    });
    expect(settings).toMatchObject({ layers: 3, seed: 5 });
  });

  it.each<[string, Uint8Array | string, string]>([
    ["with a mistake", '{\n  // the usual\n  "layers": three\n}', "(line 3, column 14)"],
    ["with a key without quotes", "{\n  // the usual\n  layers: 3\n}", "(line 3, column 3)"],
    ["with text in single quotes", "{\n  // it's '1'\n  \"model\": 'gated'\n}", "(line 3, column 12)"],
    ["without a comma", '{\n  "layers": 3\n  "seed": 5\n}', "(line 3, column 3)"],
    ["that ends too early", '{\n  "layers": 3', "(line 2, column 14)"],
    ["in no encoding", Uint8Array.of(0x7b, 0xff, 0x7d), "expected text in UTF-8"],
    ["in UTF-16 that does not say so", Buffer.from("{}", "utf16le"), "expected text in UTF-8"],
    ["nested without end", "[".repeat(200_000), "expected JSON, got text with a mistake"],
    [
      "with a key of JavaScript's own",
      '{ "__proto__": { "layers": 3 } }',
      "__proto__: expected a known setting",
    ],
  ])("%s is refused in one line", async (_, bytes, message) => {
    writeFileSync(path, bytes);
    const error = await resolveSettings(trainSettings, {
      defaults: trainDefaults,
      flags: { config: path },
    }).catch((error: unknown) => error);
    expect(error).toBeInstanceOf(CliError);
    expect((error as Error).message).toContain(message);
    expect((error as Error).message).not.toContain("\n");
  });
});

describe("a number where text is wanted", () => {
  it("is what the flag would be given, where that is one of its values", async () => {
    const text = JSON.stringify({ run: 2024, size: 8 });
    expect(await resolved(text)).toMatchObject({ run: "2024", size: 8 });
    writeFileSync(path, '{ "class": 3 }');
    const sources = { defaults: generateDefaults, flags: { config: path } };
    expect(await resolveSettings(generateSettings, sources)).toMatchObject({ class: "3" });
    await expect(resolved({ model: 3 })).rejects.toThrow(/model: expected one of naive, .*, got 3$/);
    await expect(resolved({ palette: 1 })).rejects.toThrow(/palette: expected one of yes, no, got 1$/);
  });
});

describe("a config file in YAML", () => {
  const yaml = join(folder, "config.yaml");
  const read = (text: string) => {
    writeFileSync(yaml, text);
    return resolveSettings(trainSettings, { defaults: trainDefaults, flags: { config: yaml } });
  };

  it("says the same as one in JSON", async () => {
    const settings = await read(
      "# the usual\nlayers: 3\nmodel: gated # as ever\ndilations: [1, 2]\ngrey: true\n",
    );
    expect(settings).toEqual({ ...trainDefaults, layers: 3, dilations: [1, 2], grey: true });
  });

  it.each([
    [
      "layers: 3\n  seed: 5",
      `${yaml}: expected YAML, got text with a mistake (line 2, column 7): bad indentation of a mapping entry; mend it`,
    ],
    [
      "layers: 3\nlayers: 4",
      `${yaml}: expected YAML, got text with a mistake (line 2, column 1): duplicated mapping key; mend it`,
    ],
    ["", `${yaml}: expected YAML, got an empty file; write settings into it`],
    ["- 1", `${yaml}: expected an object of settings, got [1]`],
    ["a: &a [1]\nb: *a", `${yaml}: expected YAML, got text with a mistake`],
    ["layers: three", `${yaml}: layers: expected a whole number from 1 to 64, got "three"`],
    ["__proto__: { layers: 3 }", `${yaml}: __proto__: expected a known setting`],
  ])("%j is refused", async (text, message) => {
    const error = await read(text).catch((error: unknown) => error);
    expect(error).toBeInstanceOf(CliError);
    expect((error as Error).message.slice(0, message.length)).toBe(message);
    expect((error as Error).message).not.toContain("\n");
  });
});

describe("what is refused, in one line that names the setting", () => {
  it.each<[unknown, Record<string, unknown>, string]>([
    [{ epochs: 1, steps: 2 }, {}, `${path}: expected one of epochs, steps, got both; leave one`],
    [undefined, { epochs: "1", minutes: "2" }, "expected one of --epochs, --minutes, got both; leave one"],
    [
      undefined,
      { epochs: "0", minutes: "2", steps: "3" },
      "expected one of --epochs, --steps, --minutes, got all; leave one",
    ],
    [
      undefined,
      { initFrom: "a", warmStart: "b" },
      "expected one of --init-from, --warm-start, got both; leave one",
    ],
    [undefined, { levels: "1" }, "--levels: expected a whole number from 2 to 65536, got 1"],
    [undefined, { levels: "65537" }, "--levels: expected a whole number from 2 to 65536, got 65537"],
    [undefined, { levels: "4.5" }, "--levels: expected a whole number from 2 to 65536, got 4.5"],
    [undefined, { levels: "four" }, '--levels: expected a whole number from 2 to 65536, got "four"'],
    [undefined, { levels: "" }, '--levels: expected a whole number from 2 to 65536, got ""'],
    [undefined, { batchSize: "0" }, "--batch-size: expected a whole number from 1 to 65536, got 0"],
    [
      undefined,
      { seed: "9007199254740992" },
      "--seed: expected a whole number from 0 to 9007199254740991, got",
    ],
    [undefined, { dropout: "1" }, "--dropout: expected a number from 0 to 0.95, got 1"],
    [undefined, { learningRate: "NaN" }, '--learning-rate: expected a number from 1e-8 to 1, got "NaN"'],
    [undefined, { learningRate: "Infinity" }, "--learning-rate: expected a number from 1e-8 to 1, got"],
    [
      undefined,
      { model: "gatd" },
      '--model: expected one of naive, pixelcnn, gated, pixelcnn++, local, snail, row-lstm, diagonal-bilstm, got "gatd" (did you mean gated?)',
    ],
    [
      undefined,
      { devices: "al" },
      '--devices: expected all or a whole number from 1 to 99, got "al" (did you mean all?)',
    ],
    [undefined, { time: "soon" }, '--time: expected a time such as 90s, 30m, 1h30m or 2d, got "soon"'],
    [undefined, { time: "0s" }, "--time: expected a time such as 90s, 30m, 1h30m or 2d, of a second or more"],
    [undefined, { time: "1h", steps: "3" }, "expected one of --steps, --time, got both; leave one"],
    [undefined, { dilations: "1,x" }, "--dilations: expected whole numbers from 1 to 64, got"],
    [undefined, { size: "0x3" }, "--size: expected"],
    [undefined, { dataset: "" }, '--dataset: expected text that is not empty, got ""'],
    [{ levels: 65537 }, {}, `${path}: levels: expected a whole number from 2 to 65536, got 65537`],
    [{ levels: "4" }, {}, `${path}: levels: expected a whole number from 2 to 65536, got "4"`],
    [
      { chanels: 3 },
      {},
      `${path}: chanels: expected a known setting, got one of no meaning (did you mean channels?); see --help`,
    ],
    [{ config: "x" }, {}, `${path}: config: expected a known setting`],
    [{ toString: 1 }, {}, `${path}: toString: expected a known setting, got one of no meaning; see --help`],
    [
      { learning_rate: 1 },
      {},
      `${path}: learning_rate: expected a known setting, got one of no meaning (did you mean learningRate?)`,
    ],
    ["[1]", {}, `${path}: expected an object of settings, got [1]`],
    ["null", {}, `${path}: expected an object of settings, got null`],
    ["", {}, `${path}: expected JSON, got an empty file; write settings into it`],
    ["{\n  bad:\n  1 }", {}, `${path}: expected JSON, got text with a mistake (line 2, column 3): `],
    [
      "hello\nworld\nthis is\nno JSON",
      {},
      `${path}: expected JSON, got text with a mistake (line 1, column 1): `,
    ],
  ])("%j, %j", async (content, flags, message) => {
    const error = await resolved(content, flags).catch((error: unknown) => error);
    expect(error).toBeInstanceOf(CliError);
    expect((error as Error).message.slice(0, message.length)).toBe(message);
    expect((error as Error).message).not.toMatch(/[\n\r]/);
  });

  it("a config file that is not there, is a folder, or is too long", async () => {
    const flags = (config: string) => ({ defaults: trainDefaults, flags: { config } });
    const missing = join(folder, "missing.json");
    await expect(resolveSettings(trainSettings, flags(missing))).rejects.toThrow(
      `expected a config file at ${missing}, found none`,
    );
    await expect(resolveSettings(trainSettings, flags(folder))).rejects.toThrow(
      `${folder}: expected a config file, got a folder; name a file`,
    );
    const long = join(folder, "long.json");
    writeFileSync(long, " ".repeat(2 ** 20 + 1));
    await expect(resolveSettings(trainSettings, flags(long))).rejects.toThrow(
      `${long}: expected a config file of at most 1048576 bytes, got 1048577; name another`,
    );
  });
});
