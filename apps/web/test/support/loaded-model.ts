import { readFile } from "node:fs/promises";
import { decodeModelFile, type Model } from "@pixelcnn/core";
import { modelFile } from "./core-pictures.ts";

/** A model of models/, read by core in Node. */
export async function loadedModel(name: string): Promise<Model> {
  return decodeModelFile(await readFile(modelFile(name))).model;
}
