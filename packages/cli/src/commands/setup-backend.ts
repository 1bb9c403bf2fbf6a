import { type SetupBackend, setUpBackend } from "@pixelcnn/backends";
import { CliError } from "../cli-error.ts";
import { userPath } from "../user-path.ts";

interface Flags {
  readonly force?: boolean;
  readonly from?: string;
  readonly tensorflow?: boolean;
  readonly remove?: boolean;
  readonly quiet?: boolean;
}

export async function runSetupBackend(backend: SetupBackend, flags: Flags): Promise<void> {
  const { force, tensorflow, remove, quiet = false } = flags;
  if (tensorflow && backend !== "cuda")
    throw new CliError(`--tensorflow: expected the cuda backend, got ${backend}; leave it out`);
  const print = (text: string) => void process.stdout.write(`${text}\n`);
  const from = flags.from === undefined ? undefined : userPath(flags.from);
  const line = quiet ? () => {} : print;
  const file = await setUpBackend(backend, { force, from, tensorflow, remove, line });
  if (quiet && file !== null) print(file);
}
