/** Serves the built site and the trainings of `runs/` on this machine, and on this machine only. */
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { createSite } from "./site.ts";

const DEFAULT_PORT = 4280;
const project = fileURLToPath(new URL("../../..", import.meta.url));
const out = fileURLToPath(new URL("../out", import.meta.url));

const { values } = parseArgs({
  // pnpm hands a lone "--" through.
  args: process.argv.slice(2).filter((argument) => argument !== "--"),
  options: { port: { type: "string" }, runs: { type: "string" } },
});
// Scripts start in their package's folder: paths are meant from where the command was typed.
const runs = resolve(process.env.INIT_CWD ?? project, values.runs ?? resolve(project, "runs"));
const port = Number(values.port ?? DEFAULT_PORT);

if (!existsSync(out)) fail(`expected the built site in ${out}; run \`pnpm web\`, which builds it`);
if (!(Number.isInteger(port) && port >= 0 && port < 65536))
  fail(`--port: expected 0 to 65535, got ${values.port}`);

const server = createSite({ out, runs });
server.on("error", (error: NodeJS.ErrnoException) => {
  fail(error.code === "EADDRINUSE" ? `port ${port} is taken; choose another with --port` : error.message);
});
server.listen(port, "127.0.0.1", () => {
  const address = server.address();
  const shown = typeof address === "object" && address !== null ? address.port : port;
  process.stdout.write(`http://localhost:${shown}/  (trainings of ${runs}; Ctrl-C stops)\n`);
});

function fail(message: string): never {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}
