import { readFileSync } from "node:fs";
import { decodeModelFile, type ModelFile } from "@pixelcnn/core";

const decoded = new Map<string, ModelFile>();

/** What a model file has, read once for all that ask: it is written before the first does. */
export function decodedFile(path: string): ModelFile {
  if (!decoded.has(path)) decoded.set(path, decodeModelFile(readFileSync(path)));
  return decoded.get(path)!;
}
