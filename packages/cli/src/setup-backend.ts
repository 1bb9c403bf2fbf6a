/** The command `setup-backend`. By itself, for who wants no other: it needs none of the settings. */
import { setupBackends } from "@pixelcnn/backends";
import { Argument, Command } from "commander";
import { examples } from "./tree/examples.ts";

export function setupBackend(): Command {
  return new Command("setup-backend")
    .description("Fetch what the xla, the cuda or the native backend needs, and check that it computes.")
    .addArgument(new Argument("<backend>", "which").choices(setupBackends))
    .option("--force", "fetch it again")
    .option(
      "--from <path>",
      "a wheel, or a folder of wheels: taken instead of fetching, where there is no network",
    )
    .option("--tensorflow", "cuda: TensorFlow's build for GPUs instead of XLA's plugin")
    .option("--remove", "take away again what was set up")
    .option("--quiet", "print nothing but the file that it comes down to")
    .addHelpText("after", examples(["setup-backend xla", "setup-backend cuda --remove"]))
    .action(async (backend, flags) =>
      (await import("./commands/setup-backend.ts")).runSetupBackend(backend, flags),
    );
}
