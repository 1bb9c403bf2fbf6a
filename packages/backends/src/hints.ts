/** What a user types to mend something: from source in the repository, or with the app of `@pixelcnn/cli` installed. */
import { createRequire } from "node:module";
import { extname } from "node:path";
import type { SetupBackend } from "./names.ts";

const fromSource = extname(import.meta.url) === ".ts";

/** What fetches what a backend needs. */
export function setupHint(backend: SetupBackend): string {
  return fromSource ? `pnpm setup:${backend}` : `npx @pixelcnn/cli setup-backend ${backend}`;
}

/**
 * What installs packages that are optional where this one is installed, and always there in the repository. With the app beside them, so that `npx` in the
 * same folder takes the one that finds them.
 */
export function installHint(...packageNames: string[]): string {
  if (fromSource) return "pnpm install";
  const { peerDependencies = {} } = createRequire(import.meta.url)("../package.json");
  const versions: Readonly<Record<string, string>> = peerDependencies;
  const wanted = packageNames.map((name) => (name in versions ? `${name}@${versions[name]}` : name));
  return `npm install @pixelcnn/cli ${wanted.join(" ")}`;
}

/** What tells which backends work. */
export const devicesHint = fromSource ? "pnpm --filter cli devices" : "npx @pixelcnn/cli devices";
