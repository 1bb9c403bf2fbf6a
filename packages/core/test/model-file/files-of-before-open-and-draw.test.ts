/**
 * Model files as they were written on 27 and 28 November 2026, by presets that between them have every likelihood and operation of versions 1 and 2. They
 * stay as they are: whatever becomes of the format, they open, and draw what they drew. A file of what is new comes beside them.
 */
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { decodeModelFile, decodeSafetensors, likelihoodOf, likelihoods } from "../../src/index.ts";
import { operations } from "../../src/network/operations.ts";
import { scalarSampler } from "../../src/samplers/incremental/index.ts";
import { drawPictures } from "../support/draw-pictures.ts";
import drawn from "./kept/drawn.json" with { type: "json" };

const folder = new URL("./kept/", import.meta.url);
const names = readdirSync(folder)
  .filter((name) => name.endsWith(".safetensors"))
  .map((name) => name.replace(".safetensors", ""));

it("there is a drawing of every file, and a file of every version", () => {
  expect(Object.keys(drawn).sort()).toEqual(names.sort());
  expect(new Set(names.map((name) => name.split("-")[0]))).toEqual(new Set(["1", "2"]));
});

it("every operation and every likelihood is in one of them", () => {
  const networks = names.map((name) => {
    return decodeModelFile(readFileSync(new URL(`${name}.safetensors`, folder))).model.network;
  });
  const used = new Set(networks.flatMap(({ nodes }) => nodes.map(({ op }) => op)));
  expect([...used].sort()).toEqual([...operations].sort());
  const kinds = new Set(networks.map((network) => likelihoodOf(network).kind));
  expect([...kinds].sort()).toEqual(Object.keys(likelihoods).sort());
});

describe.each(Object.entries(drawn))("%s", (name, levels) => {
  const bytes = readFileSync(new URL(`${name}.safetensors`, folder));

  it("says the version that it was written in", () => {
    const description = JSON.parse(decodeSafetensors(bytes).metadata.pixelcnn!);
    expect(description.formatVersion).toBe(Number(name.split("-")[0]));
  });

  it("opens, and draws what it drew", async () => {
    const { model } = decodeModelFile(bytes);
    const classLabel = model.network.classes > 0 ? { classLabel: 1 } : {};
    const pictures = await drawPictures(model, { count: 2, seed: 7, sampler: scalarSampler, ...classLabel });
    expect([...pictures.levels]).toEqual(levels);
  });
});
