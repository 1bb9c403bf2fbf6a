/** Tests start the app built in one piece. Here it runs from source as well, with its threads, and does the same. */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { decodeModelFile } from "@pixelcnn/core";
import { expect, it } from "vitest";
import { packageRoot } from "../../src/package-root.ts";
import { pixelcnn, runCli } from "../support/pixelcnn.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const folder = temporaryFolder();

/** From source, by the loader that `pnpm --filter cli <command>` uses, without pnpm. */
function source(...words: readonly string[]) {
  const options = { cwd: packageRoot, env: { ...process.env, INIT_CWD: folder, NO_COLOR: "1" } };
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ["--import", "tsx", "src/main.ts", ...words],
    options,
  );
  return { code: status, stdout: stdout.toString(), stderr: stderr.toString() };
}

const alike =
  "trains the same weights on threads, draws the same pictures on threads, and speaks of itself alike";

it(alike, { timeout: 180_000 }, async () => {
  const network = ["--size", "8", "--channels", "4", "--layers", "1", "--batch-size", "2", "--steps", "2"];
  const train = [
    "train",
    ...network,
    "--workers",
    "2",
    "--samples",
    "0",
    "--limit",
    "4",
    "--test-limit",
    "2",
  ];
  const written = (run: string) =>
    decodeModelFile(readFileSync(join(folder, run, "model.safetensors"))).model;
  const fromSource = await pixelcnn(folder, ...train, "--run", "./source");
  const built = await runCli(folder, ...train, "--run", "./built");
  expect(fromSource).toMatchObject({ code: 0, stderr: "" });
  expect(built).toMatchObject({ code: 0, stderr: "" });
  expect(written("built")).toEqual(written("source"));

  const draw = ["generate", "--model-file", "./source/model.safetensors", "--count", "4", "--workers", "2"];
  // Through pnpm, which adds nothing to what is piped.
  const drawn = await pixelcnn(folder, ...draw, "--out", "-", "--json");
  expect(drawn).toMatchObject({ code: 0, stderr: "" });
  expect(await runCli(folder, ...draw, "--out", "built.png")).toMatchObject({ code: 0, stderr: "" });
  expect(readFileSync(join(folder, "built.png"))).toEqual(drawn.bytes);

  for (const words of [["--version"], ["runs", "list", "--folder", "./nowhere"]]) {
    expect(await runCli(folder, ...words)).toMatchObject(source(...words));
  }
});
