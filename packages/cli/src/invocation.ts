import { extname } from "node:path";

const fromSource = extname(import.meta.url) === ".ts";

/** How this program is called, for hints: from source in the repository, or as an installed command. */
export const invocation = fromSource ? "pnpm --filter cli" : "npx @pixelcnn/cli";

/** What fetches the binaries of a backend. */
export function setupInvocation(backend: string): string {
  return fromSource ? `pnpm setup:${backend}` : `${invocation} setup-backend ${backend}`;
}

/** What installs a package that is optional where this program is installed, and always there in the repository. */
export function installInvocation(packageName: string): string {
  return fromSource ? "pnpm install" : `npm install ${packageName}`;
}
