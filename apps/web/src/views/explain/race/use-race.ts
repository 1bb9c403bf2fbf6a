"use client";
/** Both lanes, each in a worker of its own, started together and stopped when the visitor goes. */
import { wrap } from "comlink";
import { useEffect, useState } from "react";
import type { ModelEntry } from "../../../state/models/model-entry.ts";
import type { Lane, LaneProgress, RaceLane } from "./race-lane.ts";

export interface Race {
  readonly progress: Readonly<Record<Lane, LaneProgress | null>>;
  /** Why a lane stopped before its end: a sentence. */
  readonly problem: string | null;
}

const AT_START: Race = { progress: { naive: null, cached: null }, problem: null };
const LANES = ["naive", "cached"] as const satisfies readonly Lane[];

/**
 * @param run another number is another race; 0 for none yet.
 * @param seed picks the picture, and with it the class.
 */
export function useRace(entry: ModelEntry | null, run: number, seed: number, classes: number): Race {
  const [race, setRace] = useState(AT_START);
  useEffect(() => {
    setRace(AT_START);
    if (entry === null || run === 0) return;
    const workers = LANES.map((lane) => startLane(lane));
    return () => {
      for (const worker of workers) worker.terminate();
    };

    function startLane(lane: Lane): Worker {
      const worker = new Worker(new URL("./race.worker.ts", import.meta.url), { type: "module" });
      const fail = (problem: string) => setRace((old) => ({ ...old, problem }));
      worker.addEventListener("error", ({ message }) =>
        fail(`A lane stopped: ${message || "its worker ended"}. Start again.`),
      );
      runLane(worker, lane).catch((error: Error) => fail(error.message));
      return worker;
    }

    async function runLane(worker: Worker, lane: Lane): Promise<void> {
      const Remote = wrap<typeof RaceLane>(worker);
      const drawing = await new Remote(
        await entry!.read(),
        lane,
        seed,
        classes === 0 ? null : seed % classes,
      );
      for (;;) {
        const progress = await drawing.step();
        if (progress === null) return;
        setRace((old) => ({ ...old, progress: { ...old.progress, [lane]: progress } }));
      }
    }
  }, [entry, run, seed, classes]);
  return race;
}
