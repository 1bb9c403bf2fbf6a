import { type SetupBackend, setUpBackend } from "@pixelcnn/backends";
import { CliError } from "../cli-error.ts";

interface Flags {
  readonly force?: boolean;
  readonly from?: string;
  readonly remove?: boolean;
  readonly quiet?: boolean;
}

export async function runSetupBackend(backend: SetupBackend, flags: Flags): Promise<void> {
  const { force = false, from, remove, quiet = false } = flags;
  const print = (text: string) => void process.stdout.write(`${text}\n`);
  const line = quiet ? () => {} : print;
  const other = from === undefined ? (remove ? "--remove" : null) : "--from";
  if (backend !== "xla" && other !== null)
    throw new CliError(`${other}: expected the xla backend, got ${backend}; leave it out`);
  const file = await setUpBackend(backend, { force, from, remove, line });
  if (quiet && file !== null) print(file);
}
