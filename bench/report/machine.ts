/** What a report was made on. */
import { execFile } from "node:child_process";
import { availableParallelism, cpus, release, totalmem } from "node:os";
import { promisify } from "node:util";
import { engineVersions } from "@pixelcnn/backends";

export interface Machine {
  readonly processor: string;
  readonly processors: number;
  readonly memoryGigabytes: number;
  readonly system: string;
  readonly node: string;
  /** As NVIDIA's driver calls them; empty without that driver. */
  readonly cards: readonly { readonly name: string; readonly driver: string; readonly memory: string }[];
  /** File of the PJRT plugin; null where none is named. */
  readonly plugin: string | null;
  /** Version of Python, and of what it has; null where there is no Python, or it lacks it. */
  readonly python: string | null;
  readonly pytorch: string | null;
  readonly jax: string | null;
  /** Of packages that engines are made of. */
  readonly packages: readonly string[];
}

export async function describeMachine(python: string | null): Promise<Machine> {
  return {
    processor: cpus()[0]?.model.trim() ?? process.arch,
    processors: availableParallelism(),
    memoryGigabytes: Math.round(totalmem() / 2 ** 30),
    system: `Linux ${release()}`,
    node: process.versions.node,
    cards: await cards(),
    plugin: process.env.PIXELCNN_PJRT_PLUGIN || null,
    ...(await pythonVersions(python)),
    packages: engineVersions(),
  };
}

async function cards(): Promise<Machine["cards"]> {
  const lines = await said("nvidia-smi", [
    "--query-gpu=name,driver_version,memory.total",
    "--format=csv,noheader",
  ]);
  return lines.map((line) => {
    const [name = "", driver = "", memory = ""] = line.split(", ");
    return { name, driver, memory };
  });
}

/** Without importing either of them, which takes seconds. */
const asking = `
import sys, importlib.metadata as m
def version(name):
    try: return m.version(name)
    except m.PackageNotFoundError: return ""
print("%d.%d.%d" % sys.version_info[:3], version("torch"), version("jax"), sep="\\n")
`;

async function pythonVersions(python: string | null): Promise<Pick<Machine, "python" | "pytorch" | "jax">> {
  const [version, pytorch, jax] = python === null ? [] : await said(python, ["-c", asking]);
  return { python: version || null, pytorch: pytorch || null, jax: jax || null };
}

/** Lines that a command prints; none where it is not there or fails. */
async function said(command: string, words: readonly string[]): Promise<readonly string[]> {
  try {
    const { stdout } = await promisify(execFile)(command, words, { timeout: 20_000 });
    return stdout.replace(/\n$/, "").split("\n");
  } catch {
    return [];
  }
}
