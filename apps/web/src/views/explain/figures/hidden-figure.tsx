"use client";
/** Mask A in every layer beside mask A and then B: two models that were trained alike draw from the same noise. */
import { isEarlier, type Offset, receptiveField } from "@pixelcnn/core";
import { useMemo } from "react";
import { Button } from "../../../components/controls/button.tsx";
import { PictureWall } from "../../../components/pictures/picture-wall.tsx";
import { parseAsWhole } from "../../../state/address/parsers.ts";
import { useAddress } from "../../../state/address/use-address.ts";
import type { ModelEntry } from "../../../state/models/model-entry.ts";
import { useModelSummary } from "../../../state/models/use-model-summary.ts";
import { usePace } from "../../../state/playback/pace.ts";
import { usePlayback } from "../../../state/playback/use-playback.ts";
import { maskModels } from "../mask-models.ts";
import { maskStack } from "../networks/mask-stack.ts";
import { type Cell, FieldGrid } from "../parts/field-grid.tsx";
import { Legend } from "../parts/legend.tsx";
import styles from "./hidden-figure.module.css";
import { InkShare } from "./ink-share.tsx";

const COUNT = 12;
const LOTS = 1000;
/** Rows and columns of the field that are shown: the near ones are what differs. */
const WINDOW = { up: 6, down: 0, side: 10 };

const state = { lots: parseAsWhole(0, LOTS - 1).withDefault(0) };

export function HiddenFigure() {
  const [{ lots }, setState] = useAddress(state);
  return (
    <div className={styles.bench}>
      <Half entry={maskModels.everywhere} laterLayers="A" title="A in all eight layers" seed={lots} />
      <Half entry={maskModels.first} laterLayers="B" title="A first, then B" seed={lots} />
      <div className={styles.controls}>
        <Button onClick={() => void setState({ lots: (lots + 1) % LOTS })}>Other pictures</Button>
        <Legend
          items={[
            ["here", "to guess"],
            ["seen", "read"],
            ["missed", "out of reach"],
          ]}
        />
      </div>
    </div>
  );
}

interface HalfProps {
  readonly entry: ModelEntry;
  readonly laterLayers: "A" | "B";
  readonly title: string;
  /** Of the pictures. */
  readonly seed: number;
}

function Half({ entry, laterLayers, title, seed }: HalfProps) {
  const [pace] = usePace("calm");
  const { summary, problem } = useModelSummary(entry);
  const request = useMemo(() => ({ count: COUNT, seed, temperature: 1, labels: null }), [seed]);
  const playback = usePlayback(entry, request, { pace });
  const seen = useMemo(() => receptiveField(maskStack(laterLayers)).seen, [laterLayers]);
  const nats = summary?.provenance.test?.nats;
  return (
    <section className={styles.half} aria-label={title}>
      <h3>{title}</h3>
      <FieldGrid
        window={WINDOW}
        cellAt={(dy, dx) => cellOf(seen, dy, dx)}
        label={`${title}: ${describeNear(seen)}`}
      />
      <div className={styles.wall}>
        <PictureWall playback={playback} columns={4} label={`${COUNT} pictures: ${title}`} />
      </div>
      <p className={styles.facts}>
        {problem ?? (
          <>
            {nats === undefined ? "…" : `${nats.toFixed(1)} nats per test picture`};{" "}
            <InkShare playback={playback} />
          </>
        )}
      </p>
    </section>
  );
}

function cellOf(seen: readonly Offset[], dy: number, dx: number): Cell {
  if (!isEarlier({ dy, dx, channel: 0 }, 0)) return dy === 0 && dx === 0 ? "here" : "later";
  return seen.some((offset) => offset.dy === dy && offset.dx === dx) ? "seen" : "missed";
}

/** The row that a drawing goes along, in words. */
function describeNear(seen: readonly Offset[]): string {
  const nearest = Math.max(...seen.filter(({ dy }) => dy === 0).map(({ dx }) => dx));
  return `the nearest pixel that is read in its own row is ${-nearest} to the left`;
}
