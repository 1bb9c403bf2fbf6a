/** Vitest's global set-up of a package that holds an app: builds it before its tests, removes it after them. */
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import type {} from "vitest"; // whose types are added to
import type { TestProject } from "vitest/node";
import { buildApp } from "./build-app.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** Entry of the built app: `node <app> <words>` is `node --import tsx src/main.ts <words>`. */
    app: string;
    /** Entries of other apps that it starts, from its package on: they are built beside it. */
    started: readonly string[];
  }
}

export default async function setup(project: TestProject): Promise<() => void> {
  const { root, provide } = project.config;
  // In the package, so that what is looked up by name is found as for its sources.
  const cache = join(root, "node_modules/.cache");
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, "app-"));
  // Some tests start it as another user.
  chmodSync(folder, 0o755);
  project.provide("app", await buildApp(root, folder, provide.started));
  return () => rmSync(folder, { recursive: true, force: true });
}
