/**
 * What can be typed: every command with its arguments, flags and examples. What a command does is loaded when it runs, so that
 * help, completion and mistakes are answered at once.
 */
import { Argument, Command, Option } from "commander";
import { shells } from "./completion.ts";
import { chooseColour, colourOption } from "./output/colour-option.ts";
import type { Stage } from "./output/program-text.ts";
import { compressDefaults, compressSettings, decompressSettings } from "./settings/compression-settings.ts";
import { devicesDefaults, devicesSettings } from "./settings/devices-settings.ts";
import { evaluateDefaults, evaluateSettings } from "./settings/evaluate-settings.ts";
import { addFlags } from "./settings/flags.ts";
import { generateDefaults, generateGroups, generateSettings } from "./settings/generate-settings.ts";
import { MODEL_ARGUMENT } from "./settings/model-argument.ts";
import { trainDefaults, trainGroups, trainSettings } from "./settings/train-settings.ts";
import { setupBackend } from "./setup-backend.ts";
import { datasets } from "./tree/datasets.ts";
import { disk } from "./tree/disk.ts";
import { examples } from "./tree/examples.ts";
import { models } from "./tree/models.ts";
import { OfferedArgument } from "./tree/offered-argument.ts";
import { runs } from "./tree/runs.ts";

export function commandTree(): Command {
  const app = new Command("pixelcnn")
    .description("Autoregressive image models: train them, draw from them, measure them, compress with them.")
    .helpCommand(false)
    .option("-V, --version", "print the versions of pixelcnn and of what it computes with")
    .addHelpText("after", examples(["train", "generate --ascii --count 2 --class 3", "train --help"]));
  const groups: Record<string, readonly Command[]> = {
    "Train and draw:": [train(), generate(), evaluate(), describe()],
    "Compress pictures:": [compress(), decompress()],
    "What there is:": [runs(), models(), datasets()],
    "This machine:": [devices(), setupBackend(), disk()],
    "Help:": [completion(app), help(app)],
  };
  for (const [heading, commands] of Object.entries(groups))
    for (const command of commands) app.addCommand(command.helpGroup(heading));
  // Where there is nothing below, something is printed.
  for (const command of leavesOf(app)) command.addOption(colourOption());
  app.hook("preAction", (_, command) => chooseColour(command.opts().color));
  return app;
}

const CONFIG = "JSON or YAML file with any of these settings, comments allowed; flags go before it";

function leavesOf(command: Command): Command[] {
  return command.commands.length === 0 ? [command] : command.commands.flatMap(leavesOf);
}

function train(): Command {
  const command = new Command("train")
    .description("Train a model; with no flags the default one, on embedded data, in under three minutes.")
    .option("--config <file>", CONFIG)
    .option(
      "--resume <run>",
      "go on with a run, from its newest checkpoint, to the numbers it would have had",
    )
    .option("--dry-run", "do a few steps, tell memory, pictures/s, time and disk, and write nothing")
    .option("--stop <run>", "ask whoever trains a run to save and end, and wait until it has")
    .option("--quiet", "print only where the model and its samples are")
    .option("--json", "print every event as a line of JSON, by configs/train-events.schema.json")
    .addHelpText(
      "after",
      examples([
        "train",
        "train --time 10m --layers 8 --run ./longer",
        "train --dataset mnist --epochs 50 --patience 3 --dry-run",
        "train --dataset mnist --levels 16 --epochs 5",
        "train --resume ./longer",
      ]),
    )
    .action(async (flags) => (await import("./commands/train.ts")).runTrain(flags));
  return addFlags(command, trainSettings, trainDefaults, trainGroups);
}

function generate(): Command {
  const command = new Command("generate")
    .description("Draw pictures from a model: a sheet, a folder, an array, an animation, or on the screen.")
    .addArgument(
      new OfferedArgument("[model-file]", `${MODEL_ARGUMENT}; the same as --model-file`, "models", true),
    )
    .option("--config <file>", CONFIG)
    .option("--quiet", "print nothing")
    .option("--json", "print what was drawn as a line of JSON")
    .addHelpText(
      "after",
      examples([
        "generate --ascii --count 2 --class 3",
        "generate --class all --out digits.png",
        "generate --count 12 --show",
        "generate --count 4 --out drawing.gif",
        "generate glyphs --count 100 --out digits.npz",
        "generate --complete digits.png --rows 8 --out completed.png",
      ]),
    )
    .action(async (model, flags) => (await import("./commands/generate.ts")).runGenerate(model, flags));
  return addFlags(command, generateSettings, generateDefaults, generateGroups);
}

function evaluate(): Command {
  const command = new Command("evaluate")
    .description(
      "Measure a model's likelihood on a data set, or whether it draws the classes it is asked for.",
    )
    .addArgument(
      new OfferedArgument("[model-file]", `${MODEL_ARGUMENT}; the same as --model-file`, "models", true),
    )
    .option("--config <file>", CONFIG)
    .option("--quiet", "show no progress")
    .option(
      "--json",
      "print the result as a line of JSON: images, nats, bitsPerDim, standardError, beside, or images, agreement, perClass, classifier",
    )
    .addHelpText(
      "after",
      examples([
        "evaluate --model-file glyphs --limit 200",
        "evaluate --split validation --limit 200 --json",
        "evaluate --class-agreement --samples-per-class 10",
      ]),
    )
    .action(async (model, flags) => (await import("./commands/evaluate.ts")).runEvaluate(model, flags));
  return addFlags(command, evaluateSettings, evaluateDefaults);
}

function describe(): Command {
  return new Command("describe")
    .description("Show a model file: weights, receptive field, where it comes from, its graph.")
    .addArgument(new OfferedArgument("<model-file>", MODEL_ARGUMENT, "models", true))
    .option("--full", "every node of the graph, and the whole receptive field")
    .addOption(
      new Option("--program [stage]", "nothing but the operations of its training step, or of another stage")
        .choices(["forward", "step", "stablehlo"] satisfies Stage[])
        .preset("step"),
    )
    .option("--json", "print all of it as a line of JSON")
    .addHelpText(
      "after",
      examples(["describe glyphs", "describe glyphs --full", "describe glyphs --program stablehlo"]),
    )
    .action(async (file, flags) => (await import("./commands/describe.ts")).runDescribe(file, flags));
}

function compress(): Command {
  const command = new Command("compress")
    .description("Compress pictures without loss by what a model expects, into a file that it alone reads.")
    .argument("<input>", "a picture, a folder of pictures of one size, or a .npy or .npz file of levels")
    .option("--quiet", "print nothing")
    .option("--json", "print the result as a line of JSON: pictures, bytes, bitsPerDim, elapsedMs, out")
    .addHelpText(
      "after",
      examples([
        "compress glyph.png --class 3",
        "compress digits.npy --model-file mnist-256",
        "compress digits.npz --model-file mnist",
        "compress photos --model-file cifar10-local",
        "decompress digits.pxc",
      ]),
    )
    .action(async (input, flags) => (await import("./commands/compress.ts")).runCompress(input, flags));
  return addFlags(command, compressSettings, compressDefaults);
}

function decompress(): Command {
  const command = new Command("decompress")
    .description("Make the pictures of a .pxc file again, with the model that compressed them.")
    .argument("<file>", "what compress wrote")
    .option("--quiet", "print nothing")
    .option("--json", "print the result as a line of JSON: pictures, labels, elapsedMs, out")
    .addHelpText("after", examples(["decompress digits.pxc", "decompress digits.pxc --out digits"]))
    .action(async (file, flags) => (await import("./commands/decompress.ts")).runDecompress(file, flags));
  return addFlags(command, decompressSettings, {});
}

function devices(): Command {
  const command = new Command("devices")
    .description("Which backends work here, on what, how fast, and what to do about the others.")
    .option("--json", "print a list of them as a line of JSON")
    .addHelpText("after", examples(["devices", "devices --pictures 1 --json"]))
    .action(async (flags) => (await import("./commands/devices.ts")).runDevices(flags));
  return addFlags(command, devicesSettings, devicesDefaults);
}

function completion(app: Command): Command {
  return new Command("completion")
    .description("Print what makes your shell complete commands, flags and their values.")
    .addArgument(new Argument("<shell>", "which; zsh reads its file from a folder of $fpath").choices(shells))
    .addHelpText(
      "after",
      examples([
        "completion bash >> ~/.bashrc",
        "completion zsh > ~/.zfunc/_pixelcnn",
        "completion fish >> ~/.config/fish/config.fish",
      ]),
    )
    .action(async (shell) => {
      const [{ completionScript }, { modelNames }] = await Promise.all([
        import("./completion.ts"),
        import("./paths.ts"),
      ]);
      process.stdout.write(completionScript(shell, app, modelNames()));
    });
}

function help(app: Command): Command {
  return new Command("help")
    .description("Show what a command does, and its flags.")
    .argument("[command...]", "which; all of them without")
    .addHelpText("after", examples(["help train", "help runs compare"]))
    .action((words: string[]) => {
      let command = app;
      for (const word of words) {
        const below = command.commands.find((one) => one.name() === word);
        if (below === undefined) return command.error(`error: unknown command '${word}'`);
        command = below;
      }
      command.outputHelp();
    });
}
