/** The slices by which tests on the cpu backend go faster, against the backend's own. */
import { setBackend, slice, tensor, tidy } from "@tensorflow/tfjs-core";
import fc from "fast-check";
import { beforeAll, expect, it } from "vitest";
import "./backends.ts";

beforeAll(() => setBackend("cpu"));

const axis = fc.tuple(fc.nat(3), fc.integer({ min: 1, max: 4 }), fc.nat(3));

it("gives the elements that lie there, whatever the rank, the place and the type", () => {
  fc.assert(
    fc.property(
      fc.array(axis, { minLength: 1, maxLength: 5 }),
      fc.constantFrom("float32", "int32", "bool"),
      (axes, type) => {
        const shape = axes.map(([before, length, after]) => before + length + after);
        const begin = axes.map(([before]) => before);
        const size = axes.map(([, length]) => length);
        const count = shape.reduce((product, length) => product * length, 1);
        const numbers = Array.from({ length: count }, (_, i) => (type === "bool" ? i % 2 : i));
        const cut = tidy(() => slice(tensor(numbers, shape, type as "float32"), begin, size));
        const expected = numbers.filter((_, i) => {
          let rest = i;
          return [...axes].reverse().every(([before, length], fromLast) => {
            const extent = shape[shape.length - 1 - fromLast]!;
            const index = rest % extent;
            rest = Math.floor(rest / extent);
            return index >= before && index < before + length;
          });
        });
        expect({ shape: cut.shape, dtype: cut.dtype, numbers: [...cut.dataSync()] }).toEqual({
          shape: size,
          dtype: type,
          numbers: expected,
        });
        cut.dispose();
      },
    ),
  );
});
