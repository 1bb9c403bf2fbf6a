/** Fetches the test server's set: fetch-in-a-process.ts <base address> <folder>. */
import { fetchSet } from "../../src/datasets/fetch/fetch-set.ts";
import { setFrom } from "./set-from.ts";

const [base, dataDir] = process.argv.slice(2) as [string, string];
await fetchSet(setFrom({ base }), { dataDir, quiet: true, stallMs: 5000, pauseMs: 10 });
