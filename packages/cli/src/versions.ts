/** What runs here, for reports of faults: this program, Node, and the engines that are installed. */
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { packageRoot } from "./package-root.ts";

const require = createRequire(import.meta.url);

const engines = [
  "@tensorflow/tfjs",
  "@tensorflow/tfjs-backend-wasm",
  "@tensorflow/tfjs-backend-webgpu",
  "webgpu",
  "@tensorflow/tfjs-node",
  "@tensorflow/tfjs-node-gpu",
];

/** A line a version; what is not installed is left out. */
export function versions(): string {
  const { node, v8 } = process.versions;
  const lines = [
    `pixelcnn ${versionIn(packageRoot)}`,
    `node ${node} (V8 ${v8}, ${process.platform} ${process.arch})`,
  ];
  for (const name of engines) {
    const version = installedVersion(name);
    if (version !== null) lines.push(`${name} ${version}`);
  }
  return lines.join("\n");
}

function installedVersion(name: string): string | null {
  const folders = require.resolve.paths(name) ?? [];
  const folder = folders
    .map((parent) => join(parent, name))
    .find((one) => existsSync(join(one, "package.json")));
  return folder === undefined ? null : versionIn(folder);
}

function versionIn(folder: string): string {
  return (JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as { version: string }).version;
}
