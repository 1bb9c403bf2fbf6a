/** Decodes the known files in the engine that runs this, on every path, and prints how many came out as they were written; ends with 1 at another. */
import { readFile } from "node:fs/promises";
import { decodeKnownFiles, type KnownFiles } from "./known-files.ts";

const path = new URL("../compression/known-files.json", import.meta.url);
const known = JSON.parse(await readFile(path, "utf8")) as KnownFiles;
const decoded = await decodeKnownFiles(known);
const wrong = Object.entries(known).flatMap(([name, { levels }]) =>
  Object.entries(decoded[name]!).flatMap(([way, got]) => (got === levels ? [] : [`${name} (${way})`])),
);
if (wrong.length > 0)
  throw new Error(`expected the pictures that were written, got others: ${wrong.join(", ")}`);
process.stdout.write(`${Object.keys(known).length}\n`);
