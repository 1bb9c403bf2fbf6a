// A part's process as it should not be: `child.mjs <what>` tells a row, then does what it is called by.
import { spawn } from "node:child_process";

const [what, file] = process.argv.slice(2);
const send = (message) => new Promise((resolve) => process.send(message, undefined, undefined, resolve));
await send({ type: "row", row: { measured: 1 } });
const ways = {
  async ends() {
    await send({ type: "note", text: "that is all" });
  },
  async refuses() {
    await send({ type: "refused", reason: "there is no GPU" });
  },
  throws() {
    throw new Error("the device is gone");
  },
  crashes() {
    process.kill(process.pid, "SIGSEGV");
  },
  // Deaf to kind kills, with a child of its own that would write a file.
  hangs() {
    process.on("SIGTERM", () => {});
    spawn("bash", ["-c", 'sleep 3; echo left >"$0"', file], { stdio: "ignore" });
    setInterval(() => {}, 1000);
  },
};
await ways[what]();
if (what !== "hangs") process.exit();
