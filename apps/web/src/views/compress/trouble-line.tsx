"use client";
import { Button } from "../../components/controls/button.tsx";
import { useDrawingState } from "../../state/address/use-drawing-state.ts";
import styles from "./compress.module.css";
import type { Trouble } from "./use-compressed.ts";

/** What is wrong, and a button for every model with which it would not be. */
export function TroubleLine({ text, models }: Trouble) {
  const [, setState] = useDrawingState();
  return (
    <div className={styles.trouble}>
      <p role="alert">{text}</p>
      {models.length > 0 && (
        <div className={styles.buttons}>
          {models.map(({ id, title }) => (
            <Button key={id} onClick={() => void setState({ model: id, class: null })}>
              Choose {title}
            </Button>
          ))}
        </div>
      )}
    </div>
  );
}
