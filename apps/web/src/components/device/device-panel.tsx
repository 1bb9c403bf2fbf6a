"use client";
/** Which sampler draws, why, and how fast: nothing is claimed that was not measured here. */
import { useState } from "react";
import { useDrawingState } from "../../state/address/use-drawing-state.ts";
import type { ModelEntry } from "../../state/models/model-entry.ts";
import type { Measurement, SamplerChoice } from "../../workers/drawing/device-status.ts";
import { useDevice } from "../../workers/drawing/device-store.ts";
import { drawingWorker } from "../../workers/drawing/drawing-worker.ts";
import { Button } from "../controls/button.tsx";
import { Choice } from "../controls/choice.tsx";
import { FoldedOnPhone } from "../controls/folded-on-phone.tsx";
import styles from "./device-panel.module.css";

const choices = [
  { value: "auto", text: "Best" },
  { value: "shader", text: "Graphics chip" },
  { value: "incremental", text: "Processor" },
] as const satisfies readonly { value: SamplerChoice; text: string }[];

const names = {
  shader: "The graphics chip draws.",
  incremental: "One core of the processor draws.",
  naive: "One core of the processor draws, the slow way.",
} as const;

export function DevicePanel({ entry }: { readonly entry: ModelEntry | null }) {
  const { status } = useDevice();
  const [{ sampler }, setState] = useDrawingState();
  return (
    <section className={styles.panel} aria-labelledby="device-title">
      <h2 id="device-title">This device</h2>
      <div role="status" className={styles.status}>
        {status === null ? (
          <p>Nothing has been drawn yet.</p>
        ) : (
          <p>
            {names[status.sampler]} {status.reason}
            {status.adapter !== null && ` It is called ${status.adapter}.`}
          </p>
        )}
      </div>
      <FoldedOnPhone summary="More about it">
        <Choice
          label="Who draws"
          value={sampler}
          options={choices}
          onChange={(choice) => void setState({ sampler: choice })}
        />
        {entry !== null && <Measure key={entry.id} entry={entry} />}
      </FoldedOnPhone>
    </section>
  );
}

function nameOf(sampler: Measurement["sampler"]): string {
  return choices.find(({ value }) => value === sampler)?.text ?? sampler;
}

type Found = readonly Measurement[] | "measuring" | { readonly error: string } | null;

function Measure({ entry }: { readonly entry: ModelEntry }) {
  const [found, setFound] = useState<Found>(null);
  const measure = async () => {
    setFound("measuring");
    try {
      await drawingWorker.loadModel(entry);
      setFound(await drawingWorker.ask((engine) => engine.measure(entry.id)));
    } catch (error) {
      setFound({ error: (error as Error).message });
    }
  };
  return (
    <div className={styles.measure}>
      <Button onClick={() => void measure()} disabled={found === "measuring"}>
        Measure
      </Button>
      <div role="status">
        {found === null && <p>Draws 16 pictures of {entry.title} twice and times the second go.</p>}
        {found === "measuring" && <p>Measuring…</p>}
        {found !== null && typeof found === "object" && "error" in found && <p>{found.error}</p>}
        {Array.isArray(found) &&
          found.map((one: Measurement) => (
            <p key={one.sampler}>
              {nameOf(one.sampler)}: <strong>{one.msPerPicture.toPrecision(3)} ms</strong> per picture, in a
              batch of {one.count}
            </p>
          ))}
      </div>
    </div>
  );
}
