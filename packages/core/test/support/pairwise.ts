/** Combinations of options for tests: every pair of values at least once, or the whole product when asked. */

type Options = Readonly<Record<string, readonly unknown[]>>;
export type Combination<T extends Options> = { readonly [K in keyof T]: T[K][number] };

/**
 * A short list in which every two values of different options meet at least once. Greedy and without chance: each row
 * begins with the first pair not met yet and takes for every other option the value that meets most new ones.
 */
export function pairwise<const T extends Options>(options: T): Combination<T>[] {
  const names = Object.keys(options);
  if (names.length < 2) return product(options);
  const open = new Set<string>();
  for (let i = 0; i < names.length; i++) {
    for (let j = i + 1; j < names.length; j++) {
      options[names[i]!]!.forEach((_, a) => {
        options[names[j]!]!.forEach((_, b) => {
          open.add(pairKey(i, a, j, b));
        });
      });
    }
  }
  const rows: Combination<T>[] = [];
  while (open.size > 0) {
    const [i, a, j, b] = ([...open][0] as string).split(" ").map(Number) as [number, number, number, number];
    const row = new Map([
      [i, a],
      [j, b],
    ]);
    names.forEach((name, k) => {
      if (row.has(k)) return;
      const gains = options[name]!.map(
        (_, v) => [...row].filter(([o, w]) => open.has(pairKey(k, v, o, w))).length,
      );
      row.set(k, gains.indexOf(Math.max(...gains)));
    });
    for (const [o, w] of row) for (const [k, v] of row) open.delete(pairKey(k, v, o, w));
    rows.push(
      Object.fromEntries(names.map((name, k) => [name, options[name]![row.get(k)!]])) as Combination<T>,
    );
  }
  return rows;
}

/** Every combination. */
export function product<const T extends Options>(options: T): Combination<T>[] {
  return Object.entries(options).reduce<Record<string, unknown>[]>(
    (rows, [name, values]) => rows.flatMap((row) => values.map((value) => ({ ...row, [name]: value }))),
    [{}],
  ) as Combination<T>[];
}

/** {@link pairwise}, or the whole {@link product} when the environment sets `PIXELCNN_FULL`. */
export function combinations<const T extends Options>(options: T): Combination<T>[] {
  return process.env.PIXELCNN_FULL ? product(options) : pairwise(options);
}

function pairKey(i: number, a: number, j: number, b: number): string {
  return i < j ? `${i} ${a} ${j} ${b}` : `${j} ${b} ${i} ${a}`;
}
