/** A filter in memory: `ins` × `outs` values per tap, either way round. Distances in bytes. */
export interface FilterView {
  readonly address: number;
  readonly tapStep: number;
  readonly inStep: number;
  readonly outStep: number;
  readonly outChannels: number;
}
