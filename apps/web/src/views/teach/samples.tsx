"use client";
/** What the model draws from the same noise every time: of one cell, or, where there is no room under each, of all in a strip. */
import { useTeaching } from "../../state/teaching/teaching-store.ts";
import { OF_EACH } from "../../workers/teaching/lesson.ts";
import { Sample } from "./sample.tsx";
import styles from "./teach.module.css";

export function Samples({ cell }: { readonly cell: number }) {
  const sheet = useTeaching(({ sheets }) => sheets.at(-1) ?? null);
  const places = sheet?.cells.flatMap((one, index) => (one === cell ? [index] : [])) ?? [];
  return (
    <div className={styles.samples}>
      {Array.from({ length: OF_EACH }, (_, which) => (
        <Sample
          // biome-ignore lint/suspicious/noArrayIndexKey: the index is what a sample is called
          key={which}
          sheet={sheet}
          index={places[which] ?? -1}
          label={nameOf(cell, which)}
        />
      ))}
    </div>
  );
}

/** Nothing before the first sheet. */
export function SamplesOfAll() {
  const sheet = useTeaching(({ sheets }) => sheets.at(-1) ?? null);
  if (sheet === null) return null;
  return (
    <div className={styles.strip}>
      {sheet.cells.map((cell, index) => (
        <Sample
          // biome-ignore lint/suspicious/noArrayIndexKey: the index is what a sample is called
          key={index}
          sheet={sheet}
          index={index}
          label={nameOf(cell, sheet.cells.slice(0, index).filter((one) => one === cell).length)}
        />
      ))}
    </div>
  );
}

function nameOf(cell: number, which: number): string {
  return `what the model draws for ${cell + 1}, sample ${which + 1}`;
}
