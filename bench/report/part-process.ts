/** Entry of a part's process: `part-process.ts <part> <settings as JSON> <deadline>`. */
import { type Listener, RefusedError, type Settings } from "./part.ts";
import { isPartName, parts } from "./parts.ts";
import type { PartMessage } from "./run-part.ts";

const [name, settings, deadline] = process.argv.slice(2) as [string, string, string];
if (!isPartName(name)) throw new Error(`expected a part of the report, got ${name}`);
const send = (message: PartMessage) =>
  new Promise<void>((resolve) => void process.send!(message, undefined, undefined, () => resolve()));
const listener: Listener = {
  row: (row) => void send({ type: "row", row }),
  note: (text) => void send({ type: "note", text }),
};

try {
  await parts[name].run(JSON.parse(settings) as Settings, listener, Number(deadline));
} catch (error) {
  if (!(error instanceof RefusedError)) throw error;
  await send({ type: "refused", reason: error.message });
}
// Engines keep threads and devices; messages are in order, so that the last one's arrival is all others'.
await send({ type: "end" });
process.exit();
