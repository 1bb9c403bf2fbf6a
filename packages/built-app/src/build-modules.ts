/**
 * Vitest's global set-up of packages whose tests start processes and threads: builds what their configuration provides as `modules`, each in one
 * piece. From source every process and every thread would first load a loader of TypeScript, and the sources one by one.
 */
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { join, relative } from "node:path";
import type {} from "vitest"; // whose types are added to
import type { TestProject } from "vitest/node";
import { buildModules } from "./build-app.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** Modules to build, from the repository on. */
    modules: readonly string[];
    /** Their paths in the build. */
    built: Readonly<Record<string, string>>;
  }
}

export default async function setup(project: TestProject): Promise<() => void> {
  const { root, provide } = project.config;
  const built: Record<string, string> = {};
  const folders: string[] = [];
  for (const [place, modules] of byPackage(provide.modules ?? [])) {
    // In the package, so that what is looked up by name is found as for its sources.
    const cache = join(root, place, "node_modules/.cache");
    mkdirSync(cache, { recursive: true });
    const folder = mkdtempSync(join(cache, "modules-"));
    folders.push(folder);
    const inPackage = modules.map((module) => relative(place, module));
    const paths = await buildModules(join(root, place), inPackage, folder);
    for (const [i, path] of paths.entries()) built[modules[i]!] = path;
  }
  project.provide("built", built);
  return () => {
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  };
}

/** Modules of each package, by its folder. */
function byPackage(modules: readonly string[]): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const module of modules) {
    const place = module.split("/").slice(0, 2).join("/");
    found.set(place, [...(found.get(place) ?? []), module]);
  }
  return found;
}
