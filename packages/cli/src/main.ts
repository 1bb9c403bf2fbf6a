#!/usr/bin/env node
/** `pnpm --filter cli <command>`: reads the command line, and turns errors into one line and an exit code. */
import { PixelCnnError } from "@pixelcnn/core";
import { RunsError } from "@pixelcnn/runs";
import { WasmTrainingError } from "@pixelcnn/wasm-training";
import { Command, CommanderError } from "commander";
import { enableRelaxedSimd } from "./backend/relaxed-simd.ts";
import { CliError } from "./cli-error.ts";
import { datasetsCommand } from "./commands/datasets.ts";
import { describeCommand } from "./commands/describe.ts";
import { devicesCommand } from "./commands/devices.ts";
import { evaluateCommand } from "./commands/evaluate.ts";
import { generateCommand } from "./commands/generate.ts";
import { setupBackendCommand } from "./commands/setup-backend.ts";
import { trainCommand } from "./commands/train.ts";
import { watchOutput } from "./output/unread-output.ts";

const USAGE_EXIT_CODE = 2;

/** Errors that the user can mend: one line, exit 1. Anything else is a fault of the program and is shown in full. */
const known = [CliError, PixelCnnError, RunsError, WasmTrainingError];

enableRelaxedSimd();

const program = new Command("pixelcnn")
  .description("Autoregressive image models: train, draw, evaluate, describe, data sets, devices.")
  .helpCommand(false)
  .configureOutput({
    outputError: (text, write) =>
      write(`${oneLine(text).replace(/\.$/, "")}; run with --help to see all flags\n`),
  });
const commands = [
  trainCommand(),
  generateCommand(),
  evaluateCommand(),
  describeCommand(),
  datasetsCommand(),
  devicesCommand(),
  setupBackendCommand(),
];
for (const command of commands) {
  program.addCommand(command.copyInheritedSettings(program).exitOverride());
  for (const below of command.commands) below.copyInheritedSettings(command).exitOverride();
}

watchOutput();

try {
  await program.exitOverride().parseAsync();
} catch (error) {
  process.exitCode = report(error);
}

/** @returns the exit code. */
function report(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : USAGE_EXIT_CODE;
  if (known.some((kind) => error instanceof kind) || isRefused(error)) {
    process.stderr.write(`${oneLine((error as Error).message)}\n`);
    return 1;
  }
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  return 1;
}

/** Commander puts its suggestions on lines of their own. */
function oneLine(text: string): string {
  return text.trim().replace(/\s*\n\s*/g, " ");
}

/** The system refused a path: a folder where a file should be, no permission, a full disk. Its message names the path. */
function isRefused(error: unknown): boolean {
  return error instanceof Error && "syscall" in error && "path" in error;
}
