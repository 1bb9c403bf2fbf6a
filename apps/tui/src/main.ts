/** `pnpm tui`: a terminal where pictures grow and trainings can be watched. */
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { SamplingThread } from "./sampling/sampling-thread.ts";
import { capabilitiesOf, colourChoices, forcedColour } from "./terminal/capabilities.ts";
import { takeScreen } from "./terminal/screen.ts";
import { sevenBitStream } from "./terminal/seven-bit.ts";

const USAGE = `Usage: pnpm tui [model] [--runs] [--color <when>] [--models-dir <dir>] [--runs-dir <dir>]

Draws pictures in this terminal and follows trainings. Every key is shown on its screen.

  model               name in models/, or path, of a model file (default: glyphs)
  --runs              begin with the runs
  --color <when>      ${colourChoices.join(", ")} (default: auto, which asks
                      FORCE_COLOR, NO_COLOR and the terminal)
  --models-dir <dir>  where models lie (default: models)
  --runs-dir <dir>    where runs lie (default: runs)
`;
const NO_TERMINAL =
  "expected a terminal, got a pipe or a file; to draw pictures as text there, run: " +
  "pnpm --silent --filter cli generate --ascii\n";

process.exitCode = await main();

/** @returns the exit code: 0 done, 1 not possible here, 2 wrong usage. */
async function main(): Promise<number> {
  const folder = process.env.INIT_CWD ?? process.cwd();
  const repository = fileURLToPath(new URL("../../..", import.meta.url));
  let parsed: ReturnType<typeof parse>;
  try {
    parsed = parse();
  } catch (error) {
    process.stderr.write(`${firstSentence((error as Error).message)}; run with --help to see all flags\n`);
    return 2;
  }
  const { values, positionals } = parsed;
  const colour = colourChoices.find((choice) => choice === values.color);
  if (colour === undefined) {
    process.stderr.write(`--color: expected one of ${colourChoices.join(", ")}, got ${values.color}\n`);
    return 2;
  }
  if (values.help) {
    process.stdout.write(USAGE);
    return 0;
  }
  const { stdin, stdout } = process;
  if (!stdin.isTTY || !stdout.isTTY) {
    process.stderr.write(NO_TERMINAL);
    return 1;
  }
  const modelsRoot = resolve(folder, values["models-dir"] ?? join(repository, "models"));
  const runsRoot = resolve(folder, values["runs-dir"] ?? join(repository, "runs"));
  const name = positionals[0] ?? "glyphs";
  const bundled = join(modelsRoot, `${name}.safetensors`);
  const path = existsSync(bundled) ? bundled : resolve(folder, name);

  // The thread reads the model while this one loads what it needs for the screen.
  const thread = new SamplingThread();
  thread.load(path);
  const capabilities = capabilitiesOf(process.env, process.platform, colour);
  // The library that colours text reads this one, and not NO_COLOR or the flag.
  process.env.FORCE_COLOR = forcedColour(capabilities.colour);
  // The library that writes frames writes none for CI; but here is a terminal.
  for (const name of ["CI", "CONTINUOUS_INTEGRATION"]) if (name in process.env) process.env[name] = "false";
  // React loads faster, and checks and warns of nothing.
  process.env.NODE_ENV ??= "production";
  const screen = takeScreen(stdout);
  try {
    const { start } = await import("./start.tsx");
    await start({
      ...{ path, folder, modelsRoot, runsRoot, capabilities, thread, screen },
      view: values.runs ? "runs" : "sample",
      stdout: capabilities.unicode ? stdout : sevenBitStream(stdout),
    });
  } finally {
    screen.giveBack();
  }
  return 0;
}

function parse() {
  return parseArgs({
    allowPositionals: true,
    options: {
      help: { type: "boolean", default: false },
      runs: { type: "boolean", default: false },
      color: { type: "string", default: "auto" },
      "models-dir": { type: "string" },
      "runs-dir": { type: "string" },
    },
  });
}

/** Node goes on about what one might have meant. */
function firstSentence(message: string): string {
  return message.split(/\.?(?:\n| (?=To ))/)[0]!;
}
