"use client";
/** What a number of nats looks like: pictures drawn by models of binarised MNIST, the worst first. */
import { bitsPerDim, likelihoods, Purpose, uniform } from "@pixelcnn/core";
import { useMemo } from "react";
import { PictureWall } from "../../../components/pictures/picture-wall.tsx";
import type { ModelEntry } from "../../../state/models/model-entry.ts";
import { useModel } from "../../../state/models/use-model.ts";
import { useModelSummary } from "../../../state/models/use-model-summary.ts";
import { usePlayback } from "../../../state/playback/use-playback.ts";
import { maskModels } from "../mask-models.ts";
import frequencies from "../networks/pixel-frequencies.json";
import { ByteCanvas } from "../parts/byte-canvas.tsx";
import styles from "./likelihood-figure.module.css";

const SHOWN = 3;
const SEED = 1;
const picture = { height: 28, width: 28, channels: 1, levels: 2 };
const PIXELS = picture.height * picture.width;
/** All of binarised MNIST's: what a training says of fewer on its way is no figure of this table. */
const TEST_PICTURES = 10_000;
/** van den Oord et al. 2016, arXiv:1601.06759, table 4. */
const PUBLISHED_NATS = 81.3;

export function LikelihoodFigure() {
  const { entry } = useModel("mnist-binary");
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th scope="col">What the model knows</th>
          <th scope="col">Nats</th>
          <th scope="col">Bits a pixel</th>
          <th scope="col">Mean p</th>
        </tr>
      </thead>
      <tbody>
        <Row title="Nothing: a coin for each pixel" nats={PIXELS * Math.LN2}>
          <Independent title="a coin for each pixel" logitOf={coinLogit} />
        </Row>
        <Row title="How often each pixel is white" nats={frequencies.testNats}>
          <Independent title="how often each pixel is white" logitOf={frequencyLogit} />
        </Row>
        <ModelRow title="Earlier pixels, but not the nearest: A everywhere" entry={maskModels.everywhere} />
        <ModelRow title="Earlier pixels: A, then B" entry={maskModels.first} />
        <ModelRow title="Earlier pixels without a blind spot" entry={entry} />
        <Row title="PixelCNN as published" nats={PUBLISHED_NATS}>
          <span className={styles.none}>not on this site</span>
        </Row>
      </tbody>
    </table>
  );
}

interface RowProps {
  readonly title: string;
  /** Mean over the test pictures; null while it is not known. */
  readonly nats: number | null;
  readonly children: React.ReactNode;
}

function Row({ title, nats, children }: RowProps) {
  return (
    <tr>
      <th scope="row">
        <div className={styles.model}>
          {title}
          <div className={styles.pictures}>{children}</div>
        </div>
      </th>
      <td>{nats === null ? "…" : nats.toFixed(1)}</td>
      <td>{nats === null ? "…" : bitsPerDim(nats, picture).toFixed(3)}</td>
      <td>{nats === null ? "…" : Math.exp(-nats / PIXELS).toFixed(3)}</td>
    </tr>
  );
}

function ModelRow({ title, entry }: { readonly title: string; readonly entry: ModelEntry | null }) {
  const test = useModelSummary(entry).summary?.provenance.test;
  const request = useMemo(() => ({ count: SHOWN, seed: SEED, temperature: 1, labels: null }), []);
  const playback = usePlayback(entry, request, { pace: "whole" });
  return (
    <Row title={title} nats={entry?.measured?.nats ?? (test?.images === TEST_PICTURES ? test.nats : null)}>
      <PictureWall playback={playback} columns={SHOWN} label={`${SHOWN} pictures: ${title}`} />
    </Row>
  );
}

interface IndependentProps {
  /** What the model knows. */
  readonly title: string;
  readonly logitOf: (pixel: number) => number;
}

/** Pictures whose pixels know nothing of each other, from the same noise as the others. */
function Independent({ title, logitOf }: IndependentProps) {
  const pictures = useMemo(
    () => Array.from({ length: SHOWN }, (_, index) => draw(index, logitOf)),
    [logitOf],
  );
  return (
    <div className={styles.independent} role="img" aria-label={`${SHOWN} pictures: ${title}`}>
      {pictures.map((bytes, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the index is what a picture is called
        <ByteCanvas key={index} bytes={bytes} width={picture.width} height={picture.height} />
      ))}
    </div>
  );
}

function draw(index: number, logitOf: (pixel: number) => number): Uint8Array {
  return Uint8Array.from({ length: PIXELS }, (_, pixel) => {
    const u = uniform(SEED, index, pixel, Purpose.sample, 0, 0);
    return (
      255 * likelihoods.bernoulli.draw({ logits: [logitOf(pixel)], offset: 0, levels: 2, earlier: [] }, 1, u)
    );
  });
}

/** log p₁/p₀ */
function coinLogit(): number {
  return 0;
}

/** log p₁/p₀ of the model that scripts/measure-pixel-frequencies.ts measured. */
function frequencyLogit(pixel: number): number {
  const ink = frequencies.ink[pixel]!;
  return Math.log((ink + 1) / (frequencies.pictures - ink + 1));
}
