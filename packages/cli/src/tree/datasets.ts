import { datasetNames, knownSets } from "@pixelcnn/datasets/catalogue";
import { Command } from "commander";
import { fetchSettings, listSettings, showDefaults, showSettings } from "../settings/datasets-settings.ts";
import { addFlags } from "../settings/flags.ts";
import { examples } from "./examples.ts";
import { OfferedArgument } from "./offered-argument.ts";

/** `datasets` and what stands below it. */
export function datasets(): Command {
  const list = new Command("list")
    .description("What data sets there are, how large they are and where they lie.")
    .option("--json", "print them as a line of JSON")
    .addHelpText("after", examples(["datasets list", "datasets list --json"]))
    .action(async (flags) => (await import("../commands/datasets.ts")).runList(flags));
  const fetched = Object.values(knownSets).map((set) => set.name);
  const fetch = new Command("fetch")
    .description("Download a data set, or what is missing or damaged of it.")
    .addArgument(new OfferedArgument("<name>", `one of ${fetched.join(", ")}`, fetched, false))
    .option("--quiet", "print nothing")
    .option("--json", "print where it lies as a line of JSON")
    .addHelpText("after", examples(["datasets fetch mnist", "datasets fetch cifar10 --data-dir ./data"]))
    .action(async (name, flags) => (await import("../commands/datasets.ts")).runFetch(name, flags));
  const show = new Command("show")
    .description("Draw a sheet of a data set, a row per class.")
    .addArgument(new OfferedArgument("<name>", "data set, as for train --dataset", datasetNames, true))
    .option("--quiet", "print nothing")
    .option("--json", "print what was drawn as a line of JSON")
    .addHelpText(
      "after",
      examples(["datasets show glyphs --out glyphs.png", "datasets show ./photos --size 32 --rows 4"]),
    )
    .action(async (name, flags) => (await import("../commands/datasets.ts")).runShow(name, flags));
  return new Command("datasets")
    .description("List, fetch and show the data sets.")
    .helpCommand(false)
    .addHelpText(
      "after",
      examples(["datasets list", "datasets fetch mnist", "datasets show glyphs --out glyphs.png"]),
    )
    .addCommand(addFlags(list, listSettings, {}))
    .addCommand(addFlags(fetch, fetchSettings, {}))
    .addCommand(addFlags(show, showSettings, showDefaults));
}
