import { Command } from "commander";
import { cleanable } from "../storage/cleanable.ts";
import { examples } from "./examples.ts";
import { OfferedArgument } from "./offered-argument.ts";

const FOLDER = "where the runs lie (default: runs/)";

/** `disk` and what stands below it. */
export function disk(): Command {
  const list = new Command("list")
    .description("What runs, data sets and engines take on the disk, and where they lie.")
    .option("--folder <folder>", FOLDER)
    .option("--json", "print it as a line of JSON")
    .addHelpText("after", examples(["disk list", "disk list --json"]))
    .action(async (flags) => (await import("../commands/disk.ts")).runList(flags));
  const clean = new Command("clean")
    .description("Remove what can be made or fetched again; without --yes it is only named.")
    .addArgument(
      new OfferedArgument(
        "<what...>",
        "checkpoints, removed, datasets or engines, as disk list names them",
        cleanable,
        false,
      ),
    )
    .option("--folder <folder>", FOLDER)
    .option("--yes", "really")
    .option("--quiet", "print nothing")
    .option("--json", "print what was removed, a line of JSON each")
    .addHelpText(
      "after",
      examples([
        "disk clean checkpoints",
        "disk clean removed --folder ./trainings",
        "disk clean datasets engines --yes",
      ]),
    )
    .action(async (what, flags) => (await import("../commands/disk.ts")).runClean(what, flags));
  return new Command("disk")
    .description("Show what is kept on the disk, and clean it.")
    .helpCommand(false)
    .addHelpText("after", examples(["disk list", "disk clean checkpoints --yes"]))
    .addCommand(list)
    .addCommand(clean);
}
