/** Packs everything once and installs it in one folder outside the workspace, for all test files. */
import { copyFileSync, linkSync, mkdirSync, readdirSync, readlinkSync, symlinkSync } from "node:fs";
import { cp, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { TestProject } from "vitest/node";
import { type PublishedPackage, pack, run } from "../src/pack.ts";
import { runtimePackages } from "../src/runtimes.ts";

declare module "vitest" {
  interface ProvidedContext {
    tarballs: Record<PublishedPackage, string>;
    /** A folder in which the tarballs are installed, with the files of consumer/ and a model file. */
    consumer: string;
    /** A folder in which the command line is installed with what it depends on and nothing else, not even what it can do without. */
    alone: string;
  }
}

/** What a user adds: TensorFlow.js for training, and types of Node; and the other runtimes. */
const others = [
  "@tensorflow/tfjs@4.22.0",
  "@tensorflow/tfjs-backend-wasm@4.22.0",
  "@types/node@20",
  ...runtimePackages,
];

/** What tests watch a program by. */
const preloaded = ["loaded-modules.mjs", "without-network.mjs"];

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), "pixelcnn-packed-"));
  const tarballs = await pack(join(folder, "packed"));
  const packages = { private: true, type: "module" };
  const alone = join(folder, "alone");
  await mkdir(alone);
  await writeFile(join(alone, "package.json"), JSON.stringify(packages));
  const install = ["install", "--no-audit", "--no-fund", "--prefer-offline", "--loglevel=error"];
  await run("npm", [...install, ...Object.values(tarballs)], alone);
  // The same packages, to which others are added.
  const consumer = join(folder, "consumer");
  copyInstallation(alone, consumer);
  await cp(fileURLToPath(new URL("../consumer", import.meta.url)), consumer, { recursive: true });
  const model = fileURLToPath(new URL("../../models/glyphs.safetensors", import.meta.url));
  await cp(model, join(consumer, "page/public/glyphs.safetensors"));
  await run("npm", [...install, ...others], consumer);
  for (const file of preloaded) await cp(join(consumer, file), join(alone, file));
  project.provide("tarballs", tarballs);
  project.provide("consumer", consumer);
  project.provide("alone", alone);
  return () => rm(folder, { recursive: true, force: true });
}

/** A folder in which the same is installed. What npm changes in one is not changed in the other: files of packages are shared, which it replaces, and its own are not. */
function copyInstallation(from: string, to: string): void {
  mkdirSync(to);
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (!entry.isDirectory()) copyFileSync(source, target);
    else if (entry.name === "node_modules") copyInstallation(source, target);
    else shareFolder(source, target);
  }
}

function shareFolder(from: string, to: string): void {
  mkdirSync(to);
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) shareFolder(source, target);
    else if (entry.isSymbolicLink()) symlinkSync(readlinkSync(source), target);
    else linkSync(source, target);
  }
}
