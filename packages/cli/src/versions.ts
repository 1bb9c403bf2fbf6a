/** What runs here, for reports of faults: this app, Node, and the engines that are installed. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { cacheFolder, engineVersions } from "@pixelcnn/backends";
import { packageRoot } from "./package-root.ts";

/** A line a version. */
export function versions(): string {
  const { version } = JSON.parse(readFileSync(join(packageRoot, "package.json"), "utf8"));
  const { node, v8 } = process.versions;
  return [
    `pixelcnn ${version}`,
    `node ${node} (V8 ${v8}, ${process.platform} ${process.arch})`,
    ...engineVersions(),
    ...setUpEngines(),
  ].join("\n");
}

/** What setup-backend fetched: their folders have their versions in their names. */
function setUpEngines(): string[] {
  const folder = cacheFolder();
  const names = existsSync(folder) ? readdirSync(folder).filter((name) => !name.startsWith(".")) : [];
  return names.sort().map((name) => `set up: ${name}`);
}
