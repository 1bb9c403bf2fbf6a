#!/usr/bin/env node
/** `pnpm --filter cli <command>`: all commands. */
import { enableRelaxedSimd } from "@pixelcnn/backends";
import { CommanderError } from "commander";
import { commandTree } from "./command-tree.ts";
import { runApp } from "./run-app.ts";
import { versions } from "./versions.ts";

enableRelaxedSimd();

const app = commandTree();
app.on("option:version", () => {
  process.stdout.write(`${versions()}\n`);
  throw new CommanderError(0, "commander.version", "");
});
await runApp(app);
