/** Compiles the binding between Node and TensorFlow against the libraries that the wheel has brought. */
import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { BackendError } from "../backend-error.ts";
import { bindingSources, nodeHeaders } from "./binding-sources.ts";

/** Of Node's binary interface, which no later Node breaks. */
const NAPI_VERSION = 8;

/** @throws {BackendError} where there is no compiler: before anything is fetched */
export async function seeCompiler(): Promise<void> {
  await runCompiler(["--version"]);
}

/**
 * @param libraries the folder with the libraries and their headers.
 * @param target the file that it becomes, in the same folder: it finds the libraries beside itself.
 * @throws {BackendError} the first error of the compiler, on one line
 */
export async function compileBinding(libraries: string, target: string): Promise<void> {
  await runCompiler([
    ...["-O2", "-shared", "-fPIC", "-std=c++17", `-DNAPI_VERSION=${NAPI_VERSION}`],
    ...["-I", nodeHeaders(), "-I", join(libraries, "include"), ...bindingSources()],
    ...["-L", libraries, "-l:libtensorflow_cc.so.2", "-l:libtensorflow_framework.so.2", "-Wl,-rpath,$ORIGIN"],
    ...["-o", target],
  ]);
}

async function runCompiler(args: readonly string[]): Promise<void> {
  const compiler = process.env.CXX || "g++";
  try {
    await promisify(execFile)(compiler, args, { maxBuffer: 1 << 26 });
  } catch (cause) {
    const { code, stderr = "" } = cause as { code?: unknown; stderr?: string };
    if (code === "ENOENT") {
      throw new BackendError(
        `expected ${compiler} to compile the binding to TensorFlow, but there is none; install a C++ compiler (Debian: sudo apt install g++), or name one in CXX`,
        { cause },
      );
    }
    const lines = stderr.split("\n").filter((line) => line.trim() !== "");
    const said = lines.find((line) => /error/i.test(line)) ?? lines.at(-1) ?? `code ${code}`;
    throw new BackendError(`expected ${compiler} to compile the binding to TensorFlow, got: ${said.trim()}`, {
      cause,
    });
  }
}
