/** Tries every engine, each in a process of its own, and measures those that work one after another. */
import { Probe, startableBackends } from "@pixelcnn/backends";
import type { DevicesAction } from "./state.ts";

export async function tryEngines(dispatch: (action: DevicesAction) => void): Promise<void> {
  for (const engine of startableBackends) dispatch({ type: "engine-tried", engine, answer: "waiting" });
  for (const engine of startableBackends) {
    dispatch({ type: "engine-tried", engine, answer: "trying" });
    // A few pictures: to see which engine is the fastest, not by how much.
    const answer = await new Probe(engine).measure({ pictures: 2 });
    dispatch({ type: "engine-tried", engine, answer });
  }
}
