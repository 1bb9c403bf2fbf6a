/**
 * A bundle: a folder that holds Node, the app, its native parts, models and data sets, and a script that runs it on a Linux machine which has none of
 * these and no network.
 */
import { existsSync } from "node:fs";
import { cp, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { dataPlaces, knownSet, knownSets, listDatasets } from "@pixelcnn/datasets";
import { BundleError } from "./bundle-error.ts";
import { buildEntries } from "./entries.ts";
import { copyNativeParts } from "./native-parts.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const inside = fileURLToPath(new URL("../inside", import.meta.url));

/** What the report measures beside, and the model file in PyTorch, which these import: each beside the file that starts it. */
const peers = [
  "bench/training/rounds.py",
  "bench/training/jax_training.py",
  "bench/training/pytorch_training.py",
  "bench/pytorch_sampling.py",
  "bench/pytorch_cached.py",
  "interop/pytorch/pixelcnn.py",
];

/** What comes along. */
export interface Contents {
  /** Names of `models/`. */
  readonly models: readonly string[];
  /** Names of published data sets, which lie on this machine. */
  readonly datasets: readonly string[];
  /** Whether folders of images can be read and animations written. */
  readonly images: boolean;
  /** Shared libraries that the machine may lack. */
  readonly libraries: readonly string[];
}

/**
 * @param folder is made, and filled
 * @throws {BundleError} when something that is to come along is not there, or the folder is not empty
 */
export async function makeBundle(folder: string, contents: Contents): Promise<void> {
  const { models, datasets, images, libraries } = contents;
  const sources = [
    ...models.map((name) => [modelFile(name), `dist/models/${name}.safetensors`] as const),
    ...datasets.map(datasetFolder),
    ...libraries.map((file) => [libraryFile(file), `lib/${basename(file)}`] as const),
    [join(root, "packages/cli/configs"), "configs"] as const,
    [join(root, "LICENSE"), "licences/pixelcnn"] as const,
    [join(inside, "run.sh"), "run.sh"] as const,
    [join(inside, "README.md"), "README.md"] as const,
    [join(inside, "find_plugin.py"), "python/find_plugin.py"] as const,
    ...peers.map((path) => [join(root, path), `dist/${basename(path)}`] as const),
  ];
  await mkdir(folder, { recursive: true });
  if ((await readdir(folder)).length > 0)
    throw new BundleError(`${folder}: expected an empty folder, it holds files; name another one`);
  await buildEntries(join(folder, "dist"));
  await copyNativeParts(folder, images);
  for (const [from, to] of sources) await cp(from, join(folder, to), { recursive: true, dereference: true });
  const { version } = JSON.parse(await readFile(join(root, "packages/cli/package.json"), "utf8"));
  const description = { name: "pixelcnn-bundle", version, private: true, type: "module" };
  await writeFile(join(folder, "package.json"), `${JSON.stringify(description, null, 2)}\n`);
}

function modelFile(name: string): string {
  const file = join(root, "models", `${name}.safetensors`);
  if (existsSync(file)) return file;
  throw new BundleError(`--models: expected names of models/, there is no ${file}`);
}

/** Where a set lies here, and where it goes. */
function datasetFolder(name: string): readonly [string, string] {
  const set = knownSet(name);
  if (set === undefined) {
    const names = Object.values(knownSets).map((one) => one.name);
    throw new BundleError(
      `--datasets: expected names of ${names.join(", ")}, got ${name}; generated sets need no files`,
    );
  }
  const places = dataPlaces(root, process.env.PIXELCNN_DATA);
  const place = listDatasets(places.folders).find((one) => one.name === name)?.place ?? null;
  if (place === null) {
    throw new BundleError(
      `--datasets: expected ${name} on this machine, it is not there; run: pnpm --filter cli datasets fetch ${name}`,
    );
  }
  return [place, `datasets/${set.folders[0]}`];
}

function libraryFile(file: string): string {
  if (existsSync(file)) return file;
  throw new BundleError(`--libraries: expected paths of shared libraries, there is no ${file}`);
}
