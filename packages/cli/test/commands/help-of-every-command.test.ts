import { describe, expect, it } from "vitest";
import { pixelcnn, program } from "../support/pixelcnn.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const folder = temporaryFolder();

describe("--help", () => {
  it.each(["train", "generate", "evaluate", "describe", "datasets", "devices", "setup-backend"])(
    "%s",
    async (command) => {
      const { code, stdout, stderr } = await pixelcnn(folder, command, "--help");
      expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
      expect(stdout).toMatchSnapshot();
    },
  );

  it("of the program", async () => {
    const { code, stdout } = await program(folder, "--help");
    expect(code).toBe(0);
    expect(stdout).toMatchSnapshot();
  });
});

describe("bad usage is one line and exit code 2", () => {
  it.each<[string, string[], string]>([
    [
      "an unknown flag",
      ["train", "--colour"],
      "error: unknown option '--colour'; run with --help to see all flags",
    ],
    [
      "a misspelt flag",
      ["generate", "--columms", "3"],
      "error: unknown option '--columms' (Did you mean --columns?); run with --help to see all flags",
    ],
    [
      "a flag without its value",
      ["train", "--steps"],
      "error: option '--steps <n>' argument missing; run with --help to see all flags",
    ],
    [
      "a missing argument",
      ["describe"],
      "error: missing required argument 'model-file'; run with --help to see all flags",
    ],
    [
      "an argument too many",
      ["evaluate", "model"],
      "error: too many arguments for 'evaluate'. Expected 0 arguments but got 1; run with --help to see all flags",
    ],
  ])("%s", async (_, words, line) => {
    expect(await program(folder, ...words)).toMatchObject({
      code: 2,
      stdout: "",
      stderr: `${line}\n`,
    });
  });

  it("through pnpm as well", async () => {
    const outcome = await pixelcnn(folder, "describe", "--colour");
    const stderr = "error: unknown option '--colour'; run with --help to see all flags\n";
    expect(outcome).toMatchObject({ code: 2, stdout: "", stderr });
  });

  it("an unknown command", async () => {
    expect(await program(folder, "trian")).toMatchObject({
      code: 2,
      stdout: "",
      stderr: "error: unknown command 'trian' (Did you mean train?); run with --help to see all flags\n",
    });
  });
});
