/** A process of its own: begins again in huge pages, then tells its number, its flags, its arguments and what it read. */
import { readFileSync } from "node:fs";
import { useHugePages } from "../../src/huge-pages.ts";

const beganAs = process.env.GLIBC_TUNABLES ?? "";
await useHugePages();
const { pid, argv, execArgv } = process;
const told = { pid, beganAs, flags: execArgv, words: argv.slice(2), read: readFileSync(0, "utf8") };
process.stdout.write(`${JSON.stringify(told)}\n`);
