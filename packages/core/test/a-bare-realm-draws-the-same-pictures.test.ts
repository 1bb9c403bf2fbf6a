/**
 * Core runs where there is nothing but ECMAScript: no DOM, no Node, no TensorFlow.js. A new realm has no other global names, so
 * whatever core reached for besides those that it is handed here would throw.
 */
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { type Context, createContext, Script } from "node:vm";
import { build } from "esbuild";
import { beforeAll, describe, expect, it } from "vitest";
import { glyphsDataset } from "../src/data/index.ts";
import { decodeModelFile, incrementalSampler, type Sampler, sample } from "../src/index.ts";
import { scalarSampler } from "../src/samplers/incremental/scalar-sampler.ts";

const modelFile = await readFile(new URL("../../../models/glyphs.safetensors", import.meta.url));
const drawing = { count: 2, seed: 7, classLabel: 3 } as const;

/** What src/platform.d.ts declares, and nothing else; WebAssembly comes with the realm. */
const universal = { TextEncoder, TextDecoder, performance, atob };

/** The script inside: every door of core that needs no TensorFlow.js, and a drawing. Bytes come in as text. */
const script = `
  import * as core from "./index.ts";
  import * as data from "./data/index.ts";
  import * as incremental from "./samplers/incremental/index.ts";
  import * as shader from "./samplers/shader/index.ts";

  export const names = [core, data, incremental, shader].map((door) => Object.keys(door).length);

  export async function draw(base64, options, readerName) {
    const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
    const { model } = core.decodeModelFile(bytes);
    const frames = core.sample(model, { ...options, sampler: incremental[readerName] });
    for await (const { complete, pixels } of frames) if (complete) return pixels.join();
  }

  export function firstGlyph(options) {
    const { train, height, width } = data.glyphsDataset(options);
    const pixels = new Uint8Array(height * width);
    train.read(0, pixels, 0);
    return pixels.join();
  }
`;

let realm: Context;

beforeAll(async () => {
  const { outputFiles, metafile } = await build({
    stdin: { contents: script, resolveDir: fileURLToPath(new URL("../src", import.meta.url)) },
    bundle: true,
    platform: "neutral",
    format: "iife",
    globalName: "inside",
    metafile: true,
    write: false,
  });
  expect(Object.keys(metafile.inputs).filter((file) => file.includes("tensorflow"))).toEqual([]);
  realm = createContext({ ...universal });
  new Script("delete globalThis.console").runInContext(realm); // V8 gives one to every realm
  new Script(outputFiles[0]!.text).runInContext(realm);
});

/** The value of an expression inside. */
function inside<T>(expression: string): T {
  return new Script(expression).runInContext(realm) as T;
}

async function drawOutside(sampler: Sampler): Promise<string> {
  const { model } = decodeModelFile(modelFile);
  for await (const { complete, pixels } of sample(model, { ...drawing, sampler })) {
    if (complete) return pixels.join();
  }
  throw new Error("expected a complete frame");
}

describe("a bare realm", () => {
  it("has nothing of Node and of the DOM", () => {
    const missing = [
      "process",
      "require",
      "Buffer",
      "setTimeout",
      "fetch",
      "console",
      "URL",
      "document",
      "window",
      "navigator",
      "self",
    ];
    expect(missing.filter((name) => inside<boolean>(`typeof ${name} !== "undefined"`))).toEqual([]);
  });

  it("loads every door of core that needs no TensorFlow.js", () => {
    const counts = inside<number[]>("inside.names");
    expect([...counts].every((count) => count > 0)).toBe(true);
    expect(counts.length).toBe(4);
  });

  const samplers: Record<string, Sampler> = { incrementalSampler, scalarSampler };
  it.each(Object.keys(samplers))("draws from a model file what is drawn outside, by %s", async (name) => {
    const call = `inside.draw(${JSON.stringify(modelFile.toString("base64"))}, ${JSON.stringify(drawing)}, "${name}")`;
    const pixels = await inside<Promise<string>>(call);
    expect(pixels.split(",").length).toBe(2 * 16 * 16);
    expect(pixels).toBe(await drawOutside(samplers[name]!));
  });

  it("generates the data set that is generated outside", () => {
    const options = { height: 16, width: 16, channels: 1, seed: 7 } as const;
    const pixels = new Uint8Array(16 * 16);
    glyphsDataset(options).train.read(0, pixels, 0);
    expect(pixels.some((value) => value > 0)).toBe(true);
    expect(inside<string>(`inside.firstGlyph(${JSON.stringify(options)})`)).toBe(pixels.join());
  });
});
