import { expect, it } from "vitest";

const types = [Uint8Array, Uint16Array, Int32Array, Float32Array, Float64Array];

it.each(types)("%s: equal are arrays of the same type and numbers, and no others", (Type) => {
  const numbers = Type.of(1, 2, 3);
  expect(numbers).toEqual(Type.of(1, 2, 3));
  expect({ inside: [numbers] }).toEqual({ inside: [Type.of(1, 2, 3)] });
  for (const other of [Type.of(1, 2, 4), Type.of(0, 2, 3), Type.of(1, 2), Type.of(1, 2, 3, 0), [1, 2, 3]]) {
    expect(numbers).not.toEqual(other);
    expect({ inside: [numbers] }).not.toEqual({ inside: [other] });
  }
  for (const Other of types) if (Other !== Type) expect(numbers).not.toEqual(Other.of(1, 2, 3));
});

it("0 and −0 are two numbers, NaN is one", () => {
  expect(Float32Array.of(0)).not.toEqual(Float32Array.of(-0));
  expect(Float32Array.of(Number.NaN)).toEqual(Float32Array.of(Number.NaN));
});

it("what differs is said", () => {
  expect(() => expect(Uint8Array.of(1, 2)).toEqual(Uint8Array.of(1, 3))).toThrow(
    /expected Uint8Array.*to deeply equal Uint8Array/,
  );
});
