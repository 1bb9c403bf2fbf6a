/**
 * The parts that downloads of this process write to. Where the process is ended before they are, by a signal or by `process.exit`, they
 * are given back, so that the next download goes on with them at once instead of copying them. Who listens to a signal as well
 * decides what becomes of the process: then the parts stay until it exits.
 */
import { renameSync, rmSync, statSync } from "node:fs";

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** Where each is given back to. */
const held = new Map<string, string>();

/** @param place what the part is called once it is nobody's. */
export function holdPart(part: string, place: string): void {
  if (held.size === 0) {
    for (const signal of SIGNALS) process.on(signal, end);
    process.on("exit", giveBack);
  }
  held.set(part, place);
}

/** It is finished, given back or gone. */
export function letGoOfPart(part: string): void {
  held.delete(part);
  if (held.size === 0) leaveSignals();
}

function end(signal: NodeJS.Signals): void {
  if (process.listenerCount(signal) > 1) return;
  giveBack();
  leaveSignals();
  process.kill(process.pid, signal);
}

/** A process that ends has no time for anything asynchronous. */
function giveBack(): void {
  for (const [part, place] of held) {
    try {
      if (statSync(part).size === 0) rmSync(part);
      else renameSync(part, place);
    } catch {} // It is gone, or Windows keeps it while it is open: the next download copies it.
  }
  held.clear();
}

function leaveSignals(): void {
  for (const signal of SIGNALS) process.off(signal, end);
  process.off("exit", giveBack);
}
