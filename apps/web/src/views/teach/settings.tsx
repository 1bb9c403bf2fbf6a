"use client";
/** What is not needed to begin: how drawings are varied, what training starts from, how fast it goes. */
import { Choice } from "../../components/controls/choice.tsx";
import { useTeaching } from "../../state/teaching/teaching-store.ts";
import type { Varied } from "../../workers/teaching/variation.ts";
import styles from "./teach.module.css";
import type { LessonSettings } from "./use-lesson-address.ts";

const VARIATIONS: readonly (readonly [keyof Varied, string])[] = [
  ["shift", "Move"],
  ["turn", "Turn"],
  ["scale", "Enlarge and shrink"],
];

interface SettingsProps {
  readonly onChange: (changes: Partial<LessonSettings>) => void;
}

export function Settings({ onChange }: SettingsProps) {
  const varied = useTeaching(({ varied }) => varied);
  const start = useTeaching(({ origin, start }) => (origin ?? { start }).start);
  const isBegun = useTeaching(({ origin }) => origin !== null);
  const slower = useTeaching(({ slower }) => slower);
  return (
    <details className={styles.settings}>
      <summary>Settings</summary>
      <fieldset className={styles.fields}>
        <legend>Vary each drawing a little</legend>
        {VARIATIONS.map(([name, text]) => (
          <label key={name} className={styles.check}>
            <input
              type="checkbox"
              checked={varied[name]}
              onChange={(event) => onChange({ varied: { ...varied, [name]: event.target.checked } })}
            />
            {text}
          </label>
        ))}
      </fieldset>
      <label className={styles.check}>
        <input
          type="checkbox"
          checked={slower}
          onChange={(event) => onChange({ slower: event.target.checked })}
        />
        Learn more slowly
      </label>
      <Choice
        label="Start from"
        value={start}
        options={[
          { value: "nothing", text: "nothing" },
          { value: "glyphs", text: "a model of digits" },
        ]}
        onChange={(next) => onChange({ start: next })}
        isDisabled={isBegun}
        note={isBegun ? "It began so. To start from something else, let it forget first." : null}
      />
    </details>
  );
}
