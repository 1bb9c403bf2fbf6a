/**
 * Vitest's global set-up of a package whose tests start processes and threads: builds what its configuration provides as `modules`, each in one
 * piece. From source every process and every thread would first load a loader of TypeScript, and the sources one by one.
 */
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import type {} from "vitest"; // whose types are added to
import type { TestProject } from "vitest/node";
import { buildModules } from "./build-app.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** Modules to build, from the package on. */
    modules: readonly string[];
    /** Their paths in the build. */
    built: Readonly<Record<string, string>>;
  }
}

export default async function setup(project: TestProject): Promise<() => void> {
  const { root, provide } = project.config;
  const modules = provide.modules ?? [];
  // In the package, so that what is looked up by name is found as for its sources.
  const cache = join(root, "node_modules/.cache");
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, "modules-"));
  const paths = await buildModules(root, modules, folder);
  project.provide("built", Object.fromEntries(paths.map((path, i) => [modules[i]!, path])));
  return () => rmSync(folder, { recursive: true, force: true });
}
