/** Versions of the packages that engines are made of, for reports of faults. */
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const require = createRequire(import.meta.url);

const packages = [
  "@tensorflow/tfjs-core",
  "@tensorflow/tfjs-backend-wasm",
  "@tensorflow/tfjs-backend-webgpu",
  "webgpu",
];

/** "name version" of each; what is not installed is left out. */
export function engineVersions(): string[] {
  return packages.flatMap((name) => {
    const version = installedVersion(name);
    return version === null ? [] : [`${name} ${version}`];
  });
}

function installedVersion(name: string): string | null {
  const files = (require.resolve.paths(name) ?? []).map((parent) => join(parent, name, "package.json"));
  const file = files.find((one) => existsSync(one));
  if (file === undefined) return null;
  return (JSON.parse(readFileSync(file, "utf8")) as { version: string }).version;
}
