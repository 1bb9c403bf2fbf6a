"use client";
/** A picture as the line of values that it is, with the surprise of each. */
import { useMemo } from "react";
import { Button } from "../../../components/controls/button.tsx";
import { Slider } from "../../../components/controls/slider.tsx";
import { parseAsWhole } from "../../../state/address/parsers.ts";
import { useAddress } from "../../../state/address/use-address.ts";
import { useModel } from "../../../state/models/use-model.ts";
import { usePlayback, usePlaybackSnapshot } from "../../../state/playback/use-playback.ts";
import { ByteCanvas } from "../parts/byte-canvas.tsx";
import styles from "./sequence-figure.module.css";

const MODEL = "mnist-binary";
const SIDE = 28;
const TOTAL = SIDE * SIDE;
/** Values of the line that are shown around the current one. */
const BEFORE = 40;
const AFTER = 7;
const DIGITS = 1000;

const state = {
  pixel: parseAsWhole(1, TOTAL).withDefault(347),
  digit: parseAsWhole(0, DIGITS - 1).withDefault(2),
};

export function SequenceFigure() {
  const [{ pixel, digit }, setState] = useAddress(state);
  const { entry, problem } = useModel(MODEL);
  const request = useMemo(
    () => ({ count: 1, seed: digit, temperature: 1, labels: null, logProbabilities: true }),
    [digit],
  );
  const playback = usePlayback(entry, request, { pace: "whole" });
  const { error } = usePlaybackSnapshot(playback);
  const drawing = playback?.shown === TOTAL ? playback : null;
  const bytes = useMemo(() => drawing?.pixels.map((level) => level * 255) ?? null, [drawing]);
  const line = useMemo(() => bytes && lineAround(bytes, pixel - 1), [bytes, pixel]);
  return (
    <div className={styles.bench}>
      <div className={styles.picture} role="img" aria-label={`A digit, its first ${pixel - 1} pixels drawn`}>
        <ByteCanvas bytes={bytes} width={SIDE} height={SIDE} shown={pixel - 1} marked={pixel - 1} />
      </div>
      <div className={styles.side}>
        <Slider
          label="Pixel"
          value={pixel}
          minimum={1}
          maximum={TOTAL}
          step={1}
          onChange={(value) => void setState({ pixel: value })}
          describe={(value) => `${value} of ${TOTAL}`}
        />
        <div className={styles.line} aria-hidden="true">
          <ByteCanvas bytes={line} width={BEFORE + AFTER + 1} height={1} shown={BEFORE} marked={BEFORE} />
        </div>
        <p className={styles.words}>{problem ?? error ?? sentences(drawing, pixel - 1)}</p>
        <Button onClick={() => void setState({ digit: (digit + 1) % DIGITS })}>Another digit</Button>
      </div>
    </div>
  );
}

interface Drawn {
  readonly pixels: Uint8Array;
  readonly logProbabilities: Float32Array | null;
}

/** @param at index of the pixel, from 0. */
function sentences(drawing: Drawn | null, at: number): string {
  if (drawing === null || drawing.logProbabilities === null) return "Drawing…";
  const level = drawing.pixels[at]!;
  const logProbability = drawing.logProbabilities[at]!;
  const ofWhite = level === 1 ? Math.exp(logProbability) : 1 - Math.exp(logProbability);
  const before = drawing.logProbabilities.slice(0, at + 1).reduce((sum, value) => sum - value, 0);
  return (
    `Row ${Math.floor(at / SIDE) + 1}, column ${(at % SIDE) + 1}. From the ${at} pixels before it the model gave white a ` +
    `probability of ${ofWhite.toFixed(3)}. It became ${level === 1 ? "white" : "black"}: a surprise of ` +
    `${Math.abs(logProbability).toFixed(3)} nats. The picture so far: ${before.toFixed(1)} nats.`
  );
}

/** What comes before the first value stays black. */
function lineAround(bytes: Uint8Array, at: number): Uint8Array {
  const line = new Uint8Array(BEFORE + AFTER + 1);
  for (let i = 0; i < line.length; i++) line[i] = bytes[at - BEFORE + i] ?? 0;
  return line;
}
