/** `pnpm bench <what>`: side-by-side measurements, one command each. */
import { Command } from "commander";
import { command as compression } from "./compression/command.ts";
import { command as fingerprints } from "./fingerprints.ts";
import { command as native } from "./native.ts";
import { command as presets } from "./presets.ts";
import { command as report } from "./report/command.ts";
import { command as sampling } from "./sampling.ts";
import { command as shader } from "./shader.ts";
import { command as training } from "./training/command.ts";
import { command as wasmProfile } from "./wasm-profile.ts";
import { command as xlaProfile } from "./xla-profile/command.ts";

await new Command("bench")
  .addCommand(compression())
  .addCommand(fingerprints())
  .addCommand(report())
  .addCommand(native())
  .addCommand(presets())
  .addCommand(sampling())
  .addCommand(shader())
  .addCommand(training())
  .addCommand(wasmProfile())
  .addCommand(xlaProfile())
  .parseAsync();
