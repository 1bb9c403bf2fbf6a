/** Builds the packages that are published and packs them as a registry would get them. */
import { execFile } from "node:child_process";
import { cp, mkdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { promisify } from "node:util";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** Folders of packages/, each after those that it depends on. */
export const published = [
  "core",
  "pjrt",
  "xla",
  "tensorflow",
  "wasm-training",
  "wasm-engine",
  "backends",
  "runs",
  "datasets",
  "pictures",
  "drawing",
  "cli",
] as const;
export type PublishedPackage = (typeof published)[number];

/** Compiles each package into its dist/. One TypeScript does all, and so reads its libraries once; `pnpm check` says whether types are right. */
export async function build(): Promise<void> {
  const projects = published.map((name) => `packages/${name}/tsconfig.build.json`);
  const words = ["--build", "--force", "--noCheck", ...projects];
  await run(process.execPath, ["node_modules/typescript/bin/tsc", ...words], root);
  // What no compiler writes.
  const backends = join(root, "packages/backends");
  await run(process.execPath, ["--import", "tsx", "scripts/copy-tensorflow.ts"], backends);
  const model = "models/glyphs.safetensors";
  await cp(join(root, model), join(root, "packages/cli/dist", model));
}

/** @returns path of each package's tarball in `folder`. */
export async function pack(folder: string): Promise<Record<PublishedPackage, string>> {
  await mkdir(folder, { recursive: true });
  await build();
  const filters = published.map((name) => `--filter=@pixelcnn/${name}`);
  const printed = await run("pnpm", ["-r", ...filters, "pack", "--json", "--pack-destination", folder], root);
  const packed = JSON.parse(printed.slice(printed.indexOf("["))) as { name: string; filename: string }[];
  const tarballOf = (name: PublishedPackage): string => {
    const found = packed.find((tarball) => tarball.name === `@pixelcnn/${name}`);
    if (found === undefined) throw new Error(`expected a tarball of @pixelcnn/${name}, got none`);
    return resolve(folder, found.filename);
  };
  const tarballs = Object.fromEntries(published.map((name) => [name, tarballOf(name)]));
  return tarballs as Record<PublishedPackage, string>;
}

/** @returns what the command printed. @throws {Error} with all that it said, when it fails. */
export async function run(
  command: string,
  args: readonly string[],
  cwd: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<string> {
  try {
    const env = { ...environmentOf(cwd), TURBO_TELEMETRY_DISABLED: "1", ...environment };
    // On Windows npm, npx and pnpm are scripts of its shell.
    const shell = process.platform === "win32" && /^(?:npm|npx|pnpm)$/.test(command);
    const words = shell ? args.map((word) => `"${word}"`) : args;
    const { stdout } = await promisify(execFile)(command, words, { cwd, env, shell, maxBuffer: 2 ** 26 });
    return stdout;
  } catch (error) {
    const { stdout = "", stderr = "" } = error as { stdout?: string; stderr?: string };
    throw new Error(`${command} ${args.join(" ")} failed in ${cwd}\n${stdout}\n${stderr}`, {
      cause: error,
    });
  }
}

/** What a command gets that is typed in a folder, wherever these tests were started: no package of the workspace is found from there. */
export function environmentOf(folder: string): NodeJS.ProcessEnv {
  return { ...process.env, INIT_CWD: folder, NODE_PATH: "" };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const folder = resolve(process.env.INIT_CWD ?? ".", process.argv[2] ?? "packed");
  for (const tarball of Object.values(await pack(folder))) process.stdout.write(`${tarball}\n`);
}
