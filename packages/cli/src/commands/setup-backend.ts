import type { TensorflowBackend } from "../backend/tensorflow-package.ts";
import { CliError } from "../cli-error.ts";

interface Flags {
  readonly force?: boolean;
  readonly from?: string;
  readonly remove?: boolean;
  readonly quiet?: boolean;
}

export async function runSetupBackend(backend: TensorflowBackend | "xla", flags: Flags): Promise<void> {
  const { force = false, from, remove, quiet = false } = flags;
  const print = (text: string) => void process.stdout.write(`${text}\n`);
  const line = quiet ? () => {} : print;
  if (backend === "xla") {
    const { setUpXla } = await import("@pixelcnn/backends");
    const file = await setUpXla({ force, from, remove, line });
    if (quiet && file !== null) print(file);
    return;
  }
  const other = from === undefined ? (remove ? "--remove" : null) : "--from";
  if (other !== null) throw new CliError(`${other}: expected the xla backend, got ${backend}; leave it out`);
  const { setUpTensorflow } = await import("../backend/set-up-tensorflow.ts");
  await setUpTensorflow(backend, { force, line });
}
