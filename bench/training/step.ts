/** What is measured of an engine on Node. */
export interface Step {
  /** Library and version. */
  readonly library: string;
  /** Time of compiling, known after the first step; null where nothing is compiled. */
  compileSeconds(): number | null;
  /** Steps that may be under way before the first is awaited. */
  readonly queueLength: number;
  /** One training step. @returns nats per picture before it */
  readonly train: () => Promise<number>;
  /** The square matrix product of the library. */
  readonly multiply: () => Promise<void>;
  /** How many such products the engine's threads could do at once: 1 where the library itself uses all of them. */
  readonly parallelProducts: number;
  /** Frees everything. */
  end(): Promise<void>;
}
