/** What a user types to mend something: from source in the repository, or with the app of `@pixelcnn/cli` installed. */
import { extname } from "node:path";
import type { SetupBackend } from "./names.ts";

const fromSource = extname(import.meta.url) === ".ts";

/** What fetches what a backend needs. */
export function setupHint(backend: SetupBackend): string {
  return fromSource ? `pnpm setup:${backend}` : `npx @pixelcnn/cli setup-backend ${backend}`;
}

/** What installs a package that is optional where this one is installed, and always there in the repository. */
export function installHint(packageName: string): string {
  return fromSource ? "pnpm install" : `npm install ${packageName}`;
}

/** What tells which backends work. */
export const devicesHint = fromSource ? "pnpm --filter cli devices" : "npx @pixelcnn/cli devices";
