import { readFile } from "node:fs/promises";
import { decodeModelFile, type Model } from "@pixelcnn/core";
import { modelFile } from "./core-pictures.ts";

/** For all tests of a process: what core packs for a model, it packs once. */
const loaded = new Map<string, Promise<Model>>();

/** A model of models/, read by core in Node. */
export function loadedModel(name: string): Promise<Model> {
  const known = loaded.get(name);
  if (known !== undefined) return known;
  const loading = readFile(modelFile(name)).then((bytes) => decodeModelFile(bytes).model);
  loaded.set(name, loading);
  return loading;
}
