import { execFileSync, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { type Command, CommanderError } from "commander";
import { describe, expect, it } from "vitest";
import { commandTree } from "../../src/command-tree.ts";
import { completionScript, type Shell, shells } from "../../src/completion.ts";
import { explainMistake } from "../../src/mistakes.ts";
import { generateGroups, generateSettings } from "../../src/settings/generate-settings.ts";
import { trainGroups, trainSettings } from "../../src/settings/train-settings.ts";
import { pixelcnn, runCli, runHere } from "../support/pixelcnn.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const folder = temporaryFolder();
const commands = [
  ...["train", "generate", "evaluate", "describe", "compress", "decompress"],
  ...["runs", "models", "datasets", "devices", "setup-backend"],
];

/** What pnpm finds in the package: what it has a command of its own for, help say, is none of them. */
const { scripts } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"));

/** Every command and every one below it, by what is typed. */
function everyCommand(command = commandTree(), typed = ""): [string, Command][] {
  return command.commands.flatMap((below) => {
    const words = `${typed} ${below.name()}`.trim();
    return [[words, below], ...everyCommand(below, words)] as [string, Command][];
  });
}

describe("--help", () => {
  it.each([...commands, "completion"])("%s", (command) => {
    const tree = commandTree().commands.find((one) => one.name() === command)!;
    let shown = "";
    tree.configureOutput({ writeOut: (text) => (shown += text), getOutHelpWidth: () => 80 });
    tree.outputHelp();
    expect(shown).toMatchSnapshot();
    for (const line of shown.split("\n")) expect(line.length).toBeLessThanOrEqual(80);
  });

  it.each(everyCommand())("%s: two examples or more, of flags that there are", (typed, command) => {
    let shown = "";
    command.configureOutput({ writeOut: (text) => (shown += text) });
    command.outputHelp();
    const examples = shown.split("Examples:\n")[1]!.trimEnd().split("\n");
    expect(examples.length).toBeGreaterThanOrEqual(2);
    for (const example of examples) {
      const [, script = "pixelcnn"] =
        /^ {2}(?:pnpm --filter cli ([a-z-]+)|pnpm --silent pixelcnn)( |$)/.exec(example) ?? [];
      expect(Object.keys(scripts), example).toContain(script);
      expect(example).toMatch(/^ {2}pnpm /);
    }
    const flags = command.options.flatMap(({ short, long }) => [short, long]);
    const own = examples.filter(
      (line) => line.includes(` ${typed} `) && command.commands.length === 0 && typed !== "help",
    );
    for (const flag of own.flatMap((line) => line.match(/ --?[a-z-]+/g) ?? []))
      if (!["--filter", "--silent"].includes(flag.trim())) expect(flags).toContain(flag.trim());
  });

  it.each([
    ["train", trainSettings, trainGroups],
    ["generate", generateSettings, generateGroups],
  ])("%s: every setting is in one group", (_, { entries }, groups) => {
    expect(Object.values(groups).flat().sort()).toEqual(Object.keys(entries).sort());
  });

  it("of the app", async () => {
    const { code, stdout } = await runCli(folder, "--help");
    expect(code).toBe(0);
    expect(stdout).toMatchSnapshot();
  });

  it("through pnpm, and as `help <command>`", async () => {
    for (const name of commands) expect(scripts[name]).toBe(`${scripts.pixelcnn} ${name}`);
    const { code, stdout, stderr } = await pixelcnn(folder, "datasets", "--help");
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(await runHere(folder, "help", "datasets")).toMatchObject({ code: 0, stdout, stderr: "" });
  });
});

it("--version names this app, Node and the engines", async () => {
  const { code, stdout } = await runCli(folder, "--version");
  expect(code).toBe(0);
  const [first, node, ...engines] = stdout.trimEnd().split("\n");
  expect(first).toMatch(/^pixelcnn \d+\.\d+\.\d+$/);
  expect(node).toContain(`node ${process.versions.node} `);
  expect(engines).toEqual(
    expect.arrayContaining(["@tensorflow/tfjs-core 4.22.0", "@tensorflow/tfjs-backend-wasm 4.22.0"]),
  );
});

describe("bad usage is one line and exit code 2", () => {
  it.each<[string, string[], string]>([
    [
      "an unknown flag",
      ["train", "--frobnicate"],
      "error: unknown option '--frobnicate'; run with --help to see all flags",
    ],
    [
      "a misspelt flag",
      ["generate", "--columms", "3"],
      "error: unknown option '--columms' (did you mean --columns?); run with --help to see all flags",
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
      ["generate", "model", "another"],
      "error: too many arguments for 'generate'. Expected 1 argument but got 2; run with --help to see all flags",
    ],
  ])("%s", async (_, words, line) => {
    expect(await runHere(folder, ...words)).toMatchObject({
      code: 2,
      stdout: "",
      stderr: `${line}\n`,
    });
  });

  it("through pnpm as well", async () => {
    const outcome = await pixelcnn(folder, "describe", "--frobnicate");
    const stderr = "error: unknown option '--frobnicate'; run with --help to see all flags\n";
    expect(outcome).toMatchObject({ code: 2, stdout: "", stderr });
  });

  it("through pnpm's one script for all of it, a misspelt command as well", async () => {
    expect(await pixelcnn(folder, "pixelcnn", "trian")).toMatchObject({
      code: 2,
      stdout: "",
      stderr: "error: unknown command 'trian' (did you mean train?); run with --help to see all commands\n",
    });
  });
});

describe("what was meant", () => {
  it.each([
    ["trian", "train"],
    ["gen", "generate"],
    ["sample", "generate"],
    ["eval", "evaluate"],
    ["Train", "train"],
    ["version", "--version"],
    ["--vesion", "--version"],
    ["--hlep", "--help"],
    ["train --lr=3", "--learning-rate"],
    ["train --batch 3", "--batch-size"],
    ["generate --temprature 2", "--temperature"],
    ["evaluate --jsn", "--json"],
    ["datasets ftech", "fetch"],
    ["datasets show glyphs --rwos 3", "--rows"],
    ["runs lst", "list"],
    ["runs comapre a b", "compare"],
    ["models export glyphs --licence x", "--license"],
    ["compare", "runs compare"],
    ["setup-backend nativ", "native"],
    ["setup-backend xal", "xla"],
    ["completion zhs", "zsh"],
    ["generate --color allways", "always"],
    ["help runs exprot", "export"],
    ["help descibe", "describe"],
    ["zip", "compress"],
    ["decompres", "decompress"],
  ])("%s: %s", (typed, meant) => {
    expect(mistakeIn(typed)).toContain(` (did you mean ${meant}?); run with --help`);
  });

  it.each(["xyz", "train --xyz", "datasets xyz", "--"])("%s: nobody knows", (typed) => {
    expect(mistakeIn(typed)).not.toContain("did you mean");
  });
});

/** The line that is printed for it. */
function mistakeIn(typed: string): string {
  const tree = commandTree();
  let line = "";
  (function listen(command) {
    command.exitOverride().showSuggestionAfterError(false);
    command.configureOutput({
      writeErr: () => {},
      outputError: (text) => (line = explainMistake(text, command)),
    });
    command.commands.forEach(listen);
  })(tree);
  expect(() => tree.parse(typed.split(" "), { from: "user" })).toThrow(CommanderError);
  return line;
}

describe("completion", () => {
  const has = (shell: string) => spawnSync(shell, ["--version"]).status === 0;

  const models = ["glyphs", "mnist-256", "$(echo oh)"];
  const scriptFor = (shell: Shell) => completionScript(shell, commandTree(), models);

  /** What is typed, and a few of the words that may follow. */
  const cases: [typed: string, words: string[]][] = [
    ["pixelcnn ", ["train", "generate", "evaluate", "help"]],
    ["pixelcnn gen", ["generate"]],
    ["pixelcnn train --learn", ["--learning-rate"]],
    [
      "pixelcnn train --model ",
      ["naive", "pixelcnn", "gated", "pixelcnn++", "local", "snail", "row-lstm", "diagonal-bilstm"],
    ],
    ["pixelcnn train --quiet --dataset m", ["mnist"]],
    ["pixelcnn datasets ", ["list", "fetch", "show"]],
    ["pixelcnn datasets show --split v", ["validation"]],
    ["pixelcnn runs ", ["list", "compare", "export"]],
    ["pixelcnn setup-backend n", ["native"]],
    ["pixelcnn help d", ["describe", "decompress", "datasets", "devices"]],
    ["pixelcnn help runs c", ["compare"]],
    ["pixelcnn disk clean ", ["checkpoints", "removed", "datasets", "engines"]],
    ["pixelcnn datasets fetch m", ["mnist"]],
    ["pixelcnn models show g", ["glyphs"]],
    ["pixelcnn describe g", ["glyphs"]],
    ["pixelcnn generate --model-file g", ["glyphs"]],
    ["pixelcnn train --init-from m", ["mnist-256"]],
  ];

  it.each(shells)("%s: only names that are words in it are offered", (shell) => {
    expect(scriptFor(shell)).not.toContain("echo oh");
  });

  it.runIf(has("bash")).each(cases)("bash: %s", (typed, words) => {
    const typedWords = typed.split(" ").map((word) => `'${word}'`);
    const ask = `COMP_WORDS=(${typedWords.join(" ")}); COMP_CWORD=${typedWords.length - 1}; _pixelcnn; echo "\${COMPREPLY[@]}"`;
    const script = `${scriptFor("bash")}\n${ask}`;
    const offered = execFileSync("bash", ["--norc", "-c", script], { encoding: "utf8" }).trim().split(" ");
    expect(offered).toEqual(expect.arrayContaining(words));
    if (!typed.endsWith(" "))
      for (const word of offered) expect(word.startsWith(typed.split(" ").at(-1)!)).toBe(true);
  });

  it.runIf(has("fish")).each(cases)("fish: %s", (typed, words) => {
    const script = `${scriptFor("fish")}\ncomplete -C '${typed}'`;
    const offered = execFileSync("fish", ["--no-config", "-c", script], { encoding: "utf8" });
    expect(offered.split("\n").map((line) => line.split("\t")[0])).toEqual(expect.arrayContaining(words));
  });

  it.runIf(has("zsh"))("zsh reads its script", () => {
    execFileSync("zsh", ["-n", "-c", scriptFor("zsh")]);
  });
});
