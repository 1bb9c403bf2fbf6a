// Refuses every connection, and prints at the end how many seconds of the processor the program took.
import { writeSync } from "node:fs";
import { Socket } from "node:net";
import { isMainThread } from "node:worker_threads";

Socket.prototype.connect = () => {
  throw new Error("expected a program that needs no network");
};
if (isMainThread) {
  process.on("exit", () => {
    const { user, system } = process.cpuUsage();
    writeSync(2, `seconds ${(user + system) / 1e6}\n`);
  });
}
