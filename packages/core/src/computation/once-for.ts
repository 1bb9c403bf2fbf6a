import type { Network } from "../network/graph.ts";
import { oncePer } from "../network/once-per.ts";

/** The same, but worked out once for a network and what else it is asked with, as long as the network is held. */
export function onceFor<T, Rest extends readonly (string | number)[]>(
  trace: (network: Network, ...rest: Rest) => T,
): (network: Network, ...rest: Rest) => T {
  const tracedOf = oncePer((_: Network) => new Map<string, T>());
  return (network, ...rest) => {
    const byRest = tracedOf(network);
    const traced = byRest.get(String(rest)) ?? trace(network, ...rest);
    byRest.set(String(rest), traced);
    return traced;
  };
}
