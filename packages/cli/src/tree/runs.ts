import { Command } from "commander";
import { examples } from "./examples.ts";

/** `runs` and what stands below it. */
export function runs(): Command {
  const list = new Command("list")
    .description("What trainings there are, the newest first, and how far each has come.")
    .option("--folder <folder>", "where to look (default: runs/)")
    .option("--json", "print them as a line of JSON")
    .addHelpText("after", examples(["runs list", "runs list --folder ./trainings --json"]))
    .action(async (flags) => (await import("../commands/runs/list.ts")).runList(flags));
  const show = new Command("show")
    .description("What one was told, how it went, and what it takes on the disk.")
    .argument("<run>", RUN)
    .option("--full", "every evaluation and every setting")
    .option("--json", "print all of it as a line of JSON")
    .addHelpText("after", examples(["runs show first", "runs show ./trainings/first --full"]))
    .action(async (run, flags) => (await import("../commands/runs/show.ts")).runShow(run, flags));
  const compare = new Command("compare")
    .description("Settings in which runs differ, and what came out of each.")
    .argument("<runs...>", RUN)
    .option("--json", "print them as a line of JSON")
    .addHelpText("after", examples(["runs compare first second", "runs compare first second third --json"]))
    .action(async (names, flags) => (await import("../commands/runs/compare.ts")).runCompare(names, flags));
  const rename = new Command("rename")
    .description("Give a run another name.")
    .argument("<run>", RUN)
    .argument("<name>", "its new name")
    .option("--quiet", "print nothing")
    .option("--json", "print where it was and is as a line of JSON")
    .addHelpText("after", examples(["runs rename first wider", "runs rename ./trainings/first wider"]))
    .action(async (run, name, flags) =>
      (await import("../commands/runs/change.ts")).runRename(run, name, flags),
    );
  const remove = new Command("remove")
    .description("Remove runs with their models and checkpoints; restore brings them back.")
    .argument("<runs...>", RUN)
    .option("--quiet", "print nothing")
    .option("--json", "print what was removed, a line of JSON a run")
    .addHelpText("after", examples(["runs remove first", "runs remove first ./trainings/second"]))
    .action(async (names, flags) => (await import("../commands/runs/change.ts")).runRemove(names, flags));
  const restore = new Command("restore")
    .description("Bring removed runs back, until disk clean has emptied them.")
    .argument("<runs...>", "names or paths that they had")
    .option("--quiet", "print nothing")
    .option("--json", "print where they lie, a line of JSON a run")
    .addHelpText("after", examples(["runs restore first", "runs restore ./trainings/second"]))
    .action(async (names, flags) => (await import("../commands/runs/change.ts")).runRestore(names, flags));
  const exported = new Command("export")
    .description("Write the curves of runs into a table, or into event files of TensorBoard.")
    .argument("<runs...>", RUN)
    .option(
      "--out <path>",
      "a .csv file, or a folder for event files, one a run (default: the run's name and .csv)",
    )
    .option("--quiet", "print nothing")
    .option("--json", "print what was written, a line of JSON a run")
    .addHelpText(
      "after",
      examples(["runs export first --out first.csv", "runs export first second --out logs"]),
    )
    .action(async (names, flags) => (await import("../commands/runs/export.ts")).runExport(names, flags));
  const command = new Command("runs")
    .description("List, show, compare, rename, remove, restore and export trainings.")
    .helpCommand(false)
    .addHelpText("after", examples(["runs list", "runs compare first second"]));
  for (const below of [list, show, compare, rename, remove, restore, exported]) command.addCommand(below);
  return command;
}

const RUN = "name of a run in runs/, or its path";
