/** Fetches the test server's set: fetch-in-a-process.ts <base address> <folder>. */
import { fetchSet } from "@pixelcnn/datasets";
import { setFrom } from "./set-from.ts";

const [base, dataDir] = process.argv.slice(2) as [string, string];
await fetchSet(setFrom({ base }), [dataDir], { stallMs: 5000, pauseMs: 10 });
