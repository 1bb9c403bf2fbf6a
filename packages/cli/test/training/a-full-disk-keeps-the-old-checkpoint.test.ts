import { execFile } from "node:child_process";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { decodeModelFile } from "@pixelcnn/core";
import { afterAll, beforeAll, expect, test } from "vitest";

const packageRoot = join(import.meta.dirname, "../..");
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "pixelcnn-full-disk-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Runs the trainer under a limit of the size of files, in blocks of 1,024 bytes. */
function train(args: readonly string[], limit = "unlimited") {
  const command = `ulimit -f ${limit}; exec "$0" --import tsx src/main.ts train "$@"`;
  return new Promise<{ code: number; stderr: string }>((resolve) => {
    execFile("bash", ["-c", command, process.execPath, ...args], { cwd: packageRoot }, (error, _, stderr) =>
      resolve({ code: error === null ? 0 : Number(error.code), stderr }),
    );
  });
}

// Windows has no limit of that kind.
test.skipIf(process.platform === "win32")(
  "a checkpoint that does not fit leaves the one before it, is told, and does not end the training",
  { timeout: 60_000 },
  async () => {
    const run = join(folder, "run");
    const size = ["--size", "8", "--channels", "16", "--layers", "2", "--batch-size", "4", "--samples", "0"];
    const first = await train([...size, "--test-limit", "4", "--steps", "10", "--run", run]);
    expect(first).toMatchObject({ code: 0, stderr: "" });
    const before = await readdir(join(run, "checkpoints"));

    const full = await train(["--resume", run, "--steps", "20", "--checkpoint-every", "5"], "40");
    expect(full.code).toBe(1);
    expect(full.stderr).toContain("step 15: EFBIG");
    expect(full.stderr).toContain("step 20: EFBIG");
    expect(full.stderr).toContain("go on with --resume");
    expect(await readdir(join(run, "checkpoints"))).toEqual(before);
    expect(decodeModelFile(await readFile(join(run, "model.safetensors"))).provenance.steps).toBe(10);

    const after = await train(["--resume", run]);
    expect(after).toMatchObject({ code: 0, stderr: "" });
    expect(decodeModelFile(await readFile(join(run, "model.safetensors"))).provenance.steps).toBe(20);
  },
);
