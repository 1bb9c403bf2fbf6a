import type { Offset } from "@pixelcnn/core";
import { expose } from "comlink";
import { fit, predict } from "./fit.ts";
import { fitted, unseen } from "./pictures.ts";

const training = fitted();
const test = unseen();
/** Of the test pictures. */
const SHOWN = 3;

/** What a fit finds. */
export interface CheatReport {
  readonly side: number;
  /** Mean over unseen pictures. */
  readonly nats: number;
  /** Pictures that it never saw, [count, side, side], and the probability of ink that it gives each of their pixels. */
  readonly levels: Uint8Array<ArrayBuffer>;
  readonly probabilities: Float32Array<ArrayBuffer>;
}

const engine = {
  /** Fits the model that reads `offsets`, and measures it on pictures that it never saw. */
  test(offsets: readonly Offset[]): CheatReport {
    const { logits, nats } = predict(fit(training, offsets), test, offsets);
    const shown = SHOWN * test.side * test.side;
    const probabilities = new Float32Array(shown).map((_, i) => 1 / (1 + Math.exp(-logits[i]!)));
    return { side: test.side, nats, levels: test.levels.slice(0, shown), probabilities };
  },
};
export type CheatEngine = typeof engine;

expose(engine);
