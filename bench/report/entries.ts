/** Where the report's processes, models and configs are: beside the sources in the repository, or beside the bundled file. */
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const isSource = import.meta.url.endsWith(".ts");
const pathOf = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const started = (source: string, bundled: string): string[] =>
  isSource ? ["--import", import.meta.resolve("tsx"), pathOf(source)] : [pathOf(bundled)];

/** What Node is told to start the process of a part. */
export const partWords = (): string[] => started("part-process.ts", "part-process.js");
/** One engine's side of the agreement. */
export const agreementWords = (): string[] => started("agreement-process.ts", "agreement-process.js");
/** The command line of `@pixelcnn/cli`. */
export const cliWords = (): string[] => started("../../packages/cli/src/main.ts", "main.js");

/** The file of a named model; null where it did not come along. */
export function modelFile(name: string): string | null {
  const file = pathOf(isSource ? `../../models/${name}.safetensors` : `models/${name}.safetensors`);
  return existsSync(file) ? file : null;
}

/** The file of a named config. */
export function configFile(name: string): string {
  return pathOf(isSource ? `../../packages/cli/configs/${name}.json` : `../configs/${name}.json`);
}
