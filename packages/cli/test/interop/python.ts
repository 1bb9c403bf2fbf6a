/** Python on this machine, for what its programmers are told. */
import { execFile, spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

export const interop = fileURLToPath(new URL("../../../../interop/pytorch/", import.meta.url));

/** Commands by which there may be one; the system's own first, since Debian's packages are installed for it. */
const candidates = ["/usr/bin/python3", "python3", "python"];

/** A Python that can import these modules. Null where there is none, told on standard error: the tests are skipped then. */
export function findPython(...modules: string[]): string | null {
  const check = ["import sys; assert sys.version_info >= (3, 8)", ...modules.map((name) => `import ${name}`)];
  const found = candidates.find((python) => spawnSync(python, ["-c", check.join("\n")]).status === 0) ?? null;
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

/** Runs a script of interop/pytorch once for each list of words, in one process: importing torch takes longer than most of them. */
export async function runPythonInTurn(
  python: string,
  script: string,
  runs: readonly { readonly cwd: string; readonly words: readonly string[] }[],
): Promise<void> {
  const source = `
import json, os, runpy, sys
script, runs = sys.argv[1], json.loads(sys.argv[2])
sys.path.insert(0, os.path.dirname(script))
for run in runs:
    os.chdir(run["cwd"])
    sys.argv = [script, *run["words"]]
    runpy.run_path(script, run_name="__main__")
`;
  await runPython(python, ["-c", source, script, JSON.stringify(runs)]);
}
