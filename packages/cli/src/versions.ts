/** What runs here, for reports of faults: this app, Node, and the engines that are installed. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { engineVersions } from "@pixelcnn/backends";
import { packageRoot } from "./package-root.ts";

/** A line a version. */
export function versions(): string {
  const { version } = JSON.parse(readFileSync(join(packageRoot, "package.json"), "utf8"));
  const { node, v8 } = process.versions;
  return [
    `pixelcnn ${version}`,
    `node ${node} (V8 ${v8}, ${process.platform} ${process.arch})`,
    ...engineVersions(),
  ].join("\n");
}
