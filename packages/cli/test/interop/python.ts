/** Python on this machine, for what its programmers are told. */
import { execFile, spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

export const interop = fileURLToPath(new URL("../../../../interop/pytorch/", import.meta.url));

/** Commands by which there may be one; the system's own first, since Debian's packages are installed for it. */
const candidates = ["/usr/bin/python3", "python3", "python"];

/** A Python that can import these modules. Null where there is none, told on standard error: the tests are skipped then. */
export function findPython(...modules: string[]): string | null {
  // Not by importing them: torch takes more than a second.
  const check = `import importlib.util, sys
assert sys.version_info >= (3, 8) and all(map(importlib.util.find_spec, sys.argv[1:]))`;
  const has = (python: string) => spawnSync(python, ["-c", check, ...modules]).status === 0;
  const found = candidates.find(has) ?? null;
  if (found === null) {
    const wanted = ["Python 3.8", ...modules].join(", ");
    process.stderr.write(
      `\nSKIPPED: expected ${wanted} on this machine, found none; on Debian: apt-get install python3-torch\n\n`,
    );
  }
  return found;
}

/** Runs a script of interop/pytorch, or arguments such as -c and a text. @returns what it printed. */
export async function runPython(
  python: string,
  args: readonly string[],
  options: { readonly cwd?: string } = {},
): Promise<string> {
  // One thread: small networks, and other tests beside this one.
  const env = { ...process.env, OMP_NUM_THREADS: "1" };
  const { stdout } = await promisify(execFile)(python, args, { ...options, env });
  return stdout;
}

export interface Turn {
  readonly script: string;
  readonly words: readonly string[];
  readonly cwd: string;
}

/** What a script printed, and what it ended with before its end, null where it did not. */
export interface Told {
  readonly printed: string;
  readonly refused: string | null;
}

/** Runs scripts in turn, in one process that finds the modules of interop/pytorch: importing torch takes longer than most of them. */
export async function runPythonInTurn(python: string, turns: readonly Turn[]): Promise<Told[]> {
  const source = `
import contextlib, io, json, os, runpy, sys
turns, told = json.loads(sys.argv[1]), []
sys.path.insert(0, sys.argv[2])
for turn in turns:
    os.chdir(turn["cwd"])
    sys.argv = [turn["script"], *turn["words"]]
    printed, refused = io.StringIO(), None
    try:
        with contextlib.redirect_stdout(printed):
            runpy.run_path(turn["script"], run_name="__main__")
    except SystemExit as end:
        refused = str(end)
    told.append({"printed": printed.getvalue(), "refused": refused})
print(json.dumps(told))
`;
  return JSON.parse(await runPython(python, ["-c", source, JSON.stringify(turns), interop])) as Told[];
}
