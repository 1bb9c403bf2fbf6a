/** `pnpm setup:<backend>`: the one command without what the others load, so that a set-up that has nothing to do is done at once. */
import { Command } from "commander";
import { runApp } from "../src/run-app.ts";
import { setupBackend } from "../src/setup-backend.ts";

const app = new Command("pixelcnn").addCommand(setupBackend());
await runApp(app, ["setup-backend", ...process.argv.slice(2)]);
