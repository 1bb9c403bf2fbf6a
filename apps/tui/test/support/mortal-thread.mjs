// A thread in the place of the one that draws. It dies of seed 13, and of other drawings as often as the file that the request
// names as its model has characters.
import { readFileSync, writeFileSync } from "node:fs";
import { parentPort } from "node:worker_threads";

parentPort.on("message", (command) => {
  if (command.type !== "draw") return;
  const { id, request } = command;
  const deaths = readFileSync(request.path, "utf8");
  if (request.seed === 13) throw new Error("of a fault");
  if (deaths !== "") {
    writeFileSync(request.path, deaths.slice(1));
    throw new Error("of a fault");
  }
  parentPort.postMessage({ type: "frame", id, frame: { batch: 0, first: request.first, position: 1 } });
});
