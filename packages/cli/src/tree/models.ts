import { Command } from "commander";
import { MODEL_ARGUMENT } from "../settings/model-argument.ts";
import { examples } from "./examples.ts";
import { OfferedArgument } from "./offered-argument.ts";

/** `models` and what stands below it. */
export function models(): Command {
  const list = new Command("list")
    .description("What models have names, and how good each is.")
    .option("--json", "print them as a line of JSON")
    .addHelpText("after", examples(["models list", "models list --json"]))
    .action(async (flags) => (await import("../commands/models.ts")).runList(flags));
  const show = new Command("show")
    .description("The same as describe: weights, receptive field, where it comes from.")
    .addArgument(new OfferedArgument("<model>", MODEL_ARGUMENT, "models", true))
    .option("--full", "every node of the graph, and the whole receptive field")
    .option("--json", "print all of it as a line of JSON")
    .addHelpText("after", examples(["models show glyphs", "models show ./mine.safetensors --full"]))
    .action(async (model, flags) => (await import("../commands/describe.ts")).runDescribe(model, flags));
  const copy = new Command("copy")
    .description("Copy a model file, after it was read whole.")
    .addArgument(new OfferedArgument("<model>", MODEL_ARGUMENT, "models", true))
    .argument("<to>", "a .safetensors file, or a folder")
    .option("--quiet", "print nothing")
    .option("--json", "print where it lies as a line of JSON")
    .addHelpText("after", examples(["models copy first ./best.safetensors", "models copy glyphs ./kept/"]))
    .action(async (model, to, flags) => (await import("../commands/models.ts")).runCopy(model, to, flags));
  const exported = new Command("export")
    .description("Write a model as a folder for the Hugging Face Hub: config, weights and a card.")
    .addArgument(new OfferedArgument("<model>", MODEL_ARGUMENT, "models", true))
    .option("--hub <folder>", "folder of config.json, model.safetensors and README.md")
    .option("--license <name>", "licence that the card names, such as mit (default: none)")
    .option("--quiet", "print nothing")
    .option("--json", "print what was written as a line of JSON")
    .addHelpText(
      "after",
      examples(["models export glyphs --hub ./glyphs", "models export first --hub ./first --license mit"]),
    )
    .action(async (model, flags) => (await import("../commands/models.ts")).runExport(model, flags));
  const command = new Command("models")
    .description("List, show, copy and export models.")
    .helpCommand(false)
    .addHelpText("after", examples(["models list", "models export glyphs --hub ./glyphs"]));
  for (const below of [list, show, copy, exported]) command.addCommand(below);
  return command;
}
