/**
 * Memory in huge pages. XLA's processor client takes the arrays of a step from malloc and gives them back at its end, so that the kernel clears and
 * maps them at every step, page by page of 4 kB; TensorFlow keeps its own, and finds its way among fewer pages faster. The C library asks for huge ones where a variable told it to when the process
 * began, and in no other way; so the process begins once more, in its own place, with the same number, files and arguments.
 */
import { readFileSync } from "node:fs";

const TUNABLE = "glibc.malloc.hugetlb";

/** `F_SETFD` */
const SET_FLAGS = 2;

/** Where huge pages can be had and are not asked for yet, begins the process again. Call it before anything is done or said. */
export async function useHugePages(): Promise<void> {
  const { GLIBC_TUNABLES: told = "" } = process.env;
  // A parent that talks to this process would lose its channel.
  if (process.platform !== "linux" || process.send || told.includes(TUNABLE) || !areOffered()) return;
  const tunables = [told, `${TUNABLE}=1`].filter((text) => text !== "").join(":");
  const environment = Object.entries({ ...process.env, GLIBC_TUNABLES: tunables });
  const words = [process.execPath, ...process.execArgv, ...process.argv.slice(1)];
  const { default: koffi } = await import("koffi");
  const library = koffi.load("libc.so.6");
  // Node has marked them to be closed.
  const control = library.func("int fcntl(int, int, ...)");
  for (const stream of [0, 1, 2]) control(stream, SET_FLAGS, "int", 0);
  const execute = library.func("int execve(const char *, const char **, const char **)");
  // It returns only where it fails; then the process goes on as it is, more slowly.
  execute(
    process.execPath,
    [...words, null],
    [...environment.map(([name, value]) => `${name}=${value}`), null],
  );
}

/** Whether the kernel gives huge pages to who asks. */
function areOffered(): boolean {
  try {
    return !readFileSync("/sys/kernel/mm/transparent_hugepage/enabled", "utf8").includes("[never]");
  } catch {
    return false;
  }
}
