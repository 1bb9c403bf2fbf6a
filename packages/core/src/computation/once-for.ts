import type { Network } from "../network/graph.ts";

/** The same, but worked out once for a network and what else it is asked with, as long as the network is held. */
export function onceFor<T, Rest extends readonly (string | number)[]>(
  trace: (network: Network, ...rest: Rest) => T,
): (network: Network, ...rest: Rest) => T {
  const known = new WeakMap<Network, Map<string, T>>();
  return (network, ...rest) => {
    const byRest = known.get(network) ?? new Map<string, T>();
    const traced = byRest.get(String(rest)) ?? trace(network, ...rest);
    known.set(network, byRest.set(String(rest), traced));
    return traced;
  };
}
