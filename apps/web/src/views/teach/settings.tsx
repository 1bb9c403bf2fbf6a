"use client";
/** What is not needed to begin: how drawings are varied, what training starts from, how fast it goes. */
import { Choice } from "../../components/controls/choice.tsx";
import { useTeaching } from "../../state/teaching/teaching-store.ts";
import type { Varied } from "../../workers/teaching/variation.ts";
import styles from "./teach.module.css";

const VARIATIONS: readonly (readonly [keyof Varied, string])[] = [
  ["shift", "Move"],
  ["turn", "Turn"],
  ["scale", "Enlarge and shrink"],
];

export function Settings() {
  const { varied, start, slower } = useTeaching();
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
              onChange={(event) =>
                useTeaching.setState({ varied: { ...varied, [name]: event.target.checked } })
              }
            />
            {text}
          </label>
        ))}
      </fieldset>
      <label className={styles.check}>
        <input
          type="checkbox"
          checked={slower}
          onChange={(event) => useTeaching.setState({ slower: event.target.checked })}
        />
        Learn more slowly
      </label>
      <Choice
        label="Start from"
        value={start}
        options={[
          { value: "nothing", text: "nothing" },
          { value: "glyphs", text: "the model glyphs" },
        ]}
        onChange={(next) => useTeaching.setState({ start: next })}
      />
    </details>
  );
}
