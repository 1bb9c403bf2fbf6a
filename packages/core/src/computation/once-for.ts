import type { Network } from "../network/graph.ts";

/** The same, but worked out once for a network and a number of pictures, as long as the network is held. */
export function onceFor<T>(
  trace: (network: Network, count: number) => T,
): (network: Network, count: number) => T {
  const known = new WeakMap<Network, Map<number, T>>();
  return (network, count) => {
    const byCount = known.get(network) ?? new Map<number, T>();
    const traced = byCount.get(count) ?? trace(network, count);
    known.set(network, byCount.set(count, traced));
    return traced;
  };
}
