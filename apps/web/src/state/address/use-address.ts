"use client";
/**
 * State that lives in the address. Values that cannot be read are taken out of it and said; what a visitor chooses on purpose is an entry
 * of the browser's history, so that Back takes it back.
 */
import { useSearchParams } from "next/navigation";
import { type Nullable, type UseQueryStatesKeysMap, useQueryStates, type Values } from "nuqs";
import { useCallback } from "react";
import { STEPS } from "./names.ts";
import { useCorrection } from "./use-correction.ts";

/** Changes of the same thing that follow each other faster are one step: a slider is pulled. */
const BURST_MS = 500;
/** Characters of a bad value that are said. */
const MOST_SAID = 24;

const last = { names: "", at: 0 };

export function useAddress<Parsers extends UseQueryStatesKeysMap>(parsers: Parsers) {
  type Changes = Partial<Nullable<Values<Parsers>>>;
  const [state, setState] = useQueryStates(parsers, { clearOnDefault: true });
  const set = useCallback(
    (changes: Changes, history: "push" | "replace" = historyOf(changes)) => setState(changes, { history }),
    [setState],
  );
  const bad = unreadable(parsers, useSearchParams());
  useCorrection(bad.length === 0 ? null : bad.map(({ said }) => said).join(" "), () =>
    setState(Object.fromEntries(bad.map(({ name }) => [name, null])) as Changes, { history: "replace" }),
  );
  return [state, set] as const;
}

function historyOf(values: object): "push" | "replace" {
  const names = Object.keys(values)
    .filter((name) => STEPS.has(name))
    .join();
  if (names === "") return "replace";
  const now = performance.now();
  const isBurst = names === last.names && now - last.at < BURST_MS;
  Object.assign(last, { names, at: now });
  return isBurst ? "replace" : "push";
}

function unreadable(parsers: UseQueryStatesKeysMap, given: URLSearchParams) {
  return Object.entries(parsers).flatMap(([name, { parse }]) => {
    const text = given.get(name);
    if (text === null || (parse as (text: string) => unknown)(text) !== null) return [];
    const short = text.length > MOST_SAID ? `${text.slice(0, MOST_SAID)}…` : text;
    return [{ name, said: `The link says ${name}=${short}, which cannot be: it was left out.` }];
  });
}
