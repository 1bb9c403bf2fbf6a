import { DivergedError, initialise } from "@pixelcnn/core/training";
import { describe, expect, it } from "vitest";
import { adam, cases, networkOf, noiseBatch } from "../../core/test/support/small-trainings.ts";
import { Library } from "../src/c-api/library.ts";
import { TensorflowEngine, TensorflowError } from "../src/index.ts";
import { libraryPath } from "./support/library.ts";

// With batch norm's statistics in the state.
const network = networkOf(cases[0]!);
const dropout = (step: number) => ({ seed: 5, indices: [0, 1, 2, 3], step });

function start() {
  const engine = TensorflowEngine.start(libraryPath, initialise(network, 3), adam);
  const send = (step: number, rate = 0.01) => engine.train(noiseBatch(network, 4, step), rate, dropout(step));
  return { engine, send };
}

describe.skipIf(!libraryPath)("steps as graphs", () => {
  const held = () => Library.open(libraryPath).tensors.size;

  it("end with the same weights, bit for bit, sent ahead, waited for, or gone on with", async () => {
    const [one, other] = [start(), start()];
    await Promise.all([1, 2, 3, 4].map((step) => one.send(step)));
    for (const step of [1, 2]) await other.send(step);
    const half = await other.engine.vectors();
    const third = start();
    await third.engine.restore(2, half);
    for (const step of [3, 4]) await third.send(step);
    expect(third.engine.step).toBe(4);
    expect(await third.engine.vectors()).toEqual(await one.engine.vectors());
    for (const { engine } of [one, other, third]) await engine.dispose();
    expect(held()).toBe(0);
  });

  it("change nothing behind one that is not finite, and all are told of that one", async () => {
    const { engine, send } = start();
    await send(1);
    await send(2, 1e38); // weights so large that the next loss is no number
    const before = await engine.vectors();
    for (const result of await Promise.allSettled([send(3), send(4), send(5)])) {
      expect(result).toMatchObject({ status: "rejected", reason: { name: "DivergedError", step: 3 } });
    }
    expect(engine.step).toBe(2);
    expect(await engine.vectors()).toEqual(before);
    await expect(send(3)).rejects.toThrow(DivergedError);

    await engine.restore(7, { ...before, weights: before.averagedWeights.map(() => 0.01) });
    await Promise.all([send(8), send(9)]);
    expect(engine.step).toBe(9);
    await engine.dispose();
    expect(held()).toBe(0);
  });

  it("hold as many arrays after many as after one, with other batch sizes and evaluations between", async () => {
    const { engine } = start();
    const counts: number[] = [];
    for (let step = 1; step <= 40; step++) {
      const batch = noiseBatch(network, step % 4 === 0 ? 2 : 4, step);
      await engine.train(batch, 0.003, dropout(step));
      if (step % 5 === 0) await engine.nats(batch);
      counts.push(held());
    }
    expect(new Set(counts).size).toBe(1);
    await engine.dispose();
    expect(held()).toBe(0);
  });

  it("leave nothing behind when the engine ends before they are read", async () => {
    const { engine, send } = start();
    const results = [send(1), send(2)];
    await engine.dispose();
    expect(held()).toBe(0);
    expect(await Promise.all(results)).toHaveLength(2);
  });
});

it("a library that is none is refused in one line", () => {
  const refused = () => TensorflowEngine.start("/no/such/library.so", initialise(network, 3), adam);
  expect(refused).toThrow(TensorflowError);
  expect(refused).toThrow(/^\/no\/such\/library\.so: the dynamic loader refused it/);
});
