import { Argument, Command } from "commander";
import { type TensorflowBackend, tensorflowPackages } from "../backend/tensorflow-package.ts";

export function setupBackendCommand(): Command {
  return new Command("setup-backend")
    .description("Fetch the binaries of the cuda or the native backend, and check that it computes.")
    .addArgument(new Argument("<backend>", "which").choices(Object.keys(tensorflowPackages)))
    .option("--force", "fetch them again, after a change of scripts/custom-binary.json say")
    .action(run);
}

async function run(backend: TensorflowBackend, { force = false }: { force?: boolean }): Promise<void> {
  const { setUpTensorflow } = await import("../backend/set-up-tensorflow.ts");
  await setUpTensorflow(backend, { force, line: (text) => process.stdout.write(`${text}\n`) });
}
