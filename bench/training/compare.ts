/** Contenders against each other: rounds in turn, then medians, and ratios of rounds that were run side by side. */
import { Contender, ContenderError, type Invocation, type Ready, type Round } from "./contender.ts";
import { median } from "./median.ts";
import { gflopPerPicture, type TaskFiles } from "./task.ts";

/** What is measured. */
export interface Plan {
  readonly processors: number;
  readonly rounds: number;
  /** Of one contender's steps in one round. */
  readonly seconds: number;
  /** Whether all contenders have memory in huge pages, or none. */
  readonly hugePages: boolean;
}

/** One contender on so many processors. */
export interface Row {
  readonly name: string;
  readonly library: string;
  readonly processors: number;
  readonly compileSeconds: number | null;
  /** Median of the rounds. */
  readonly imagesPerSecond: number;
  readonly usefulGflops: number;
  /** Of the library's square product, median of the rounds. */
  readonly productGflops: number;
  /** Useful arithmetic of the step over that of the product, median of the rounds. */
  readonly productShare: number;
  readonly peakMegabytes: number;
  readonly rounds: readonly Round[];
}

/** The first contender's speed over another's, by round. */
export interface Ratio {
  readonly processors: number;
  readonly name: string;
  readonly over: string;
  readonly median: number;
  readonly least: number;
  readonly most: number;
}

/** Losses of the first steps may differ by so much of themselves: what differs by more does not train the same network. */
const LOSS_TOLERANCE = 1e-3;

/** @throws {ContenderError} when a contender ends, or trains something else than the first */
export async function compare(
  invocations: ReadonlyMap<string, Invocation>,
  files: TaskFiles,
  { processors, rounds, seconds, hugePages }: Plan,
): Promise<{ rows: Row[]; ratios: Ratio[] }> {
  const contenders: Contender[] = [];
  try {
    for (const [name, invocation] of invocations) {
      const place = { processors, precision: "float32", hugePages } as const;
      contenders.push(await Contender.start(name, invocation, place, [files.model, files.levels]));
    }
    checkLosses(contenders);
    const measured = contenders.map((): Round[] => []);
    for (let round = 0; round < rounds; round++) {
      for (const [index, contender] of contenders.entries()) {
        measured[index]!.push(await contender.round(seconds));
      }
    }
    const rows = await Promise.all(
      contenders.map((contender, index) => rowOf(contender, processors, measured[index]!)),
    );
    return { rows, ratios: ratiosOf(rows) };
  } finally {
    await Promise.all(contenders.map((contender) => contender.end()));
  }
}

function checkLosses(contenders: readonly Contender[]): void {
  const [first] = contenders;
  for (const { name, ready } of contenders) {
    if (!alike(first!.ready, ready)) {
      throw new ContenderError(
        `expected ${name} to train as ${first!.name} does, with losses of ${first!.ready.losses}, got ${ready.losses}`,
      );
    }
  }
}

function alike(a: Ready, b: Ready): boolean {
  return a.losses.every((loss, step) => Math.abs(loss - b.losses[step]!) <= LOSS_TOLERANCE * loss);
}

async function rowOf(contender: Contender, processors: number, rounds: readonly Round[]): Promise<Row> {
  const { library, compileSeconds } = contender.ready;
  const imagesPerSecond = median(rounds.map((round) => round.imagesPerSecond));
  const perPicture = gflopPerPicture();
  return {
    name: contender.name,
    library,
    processors,
    compileSeconds,
    imagesPerSecond,
    usefulGflops: perPicture * imagesPerSecond,
    productGflops: median(rounds.map(({ productGflops }) => productGflops)),
    productShare: median(rounds.map((round) => (perPicture * round.imagesPerSecond) / round.productGflops)),
    peakMegabytes: (await contender.peakBytes()) / 1e6,
    rounds,
  };
}

function ratiosOf([first, ...others]: readonly Row[]): Ratio[] {
  return others.map((other) => {
    const ratios = first!.rounds.map(
      (round, index) => round.imagesPerSecond / other.rounds[index]!.imagesPerSecond,
    );
    return {
      processors: other.processors,
      name: first!.name,
      over: other.name,
      median: median(ratios),
      least: Math.min(...ratios),
      most: Math.max(...ratios),
    };
  });
}
