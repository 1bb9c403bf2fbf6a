"use client";
import { useDrawingState } from "../../state/address/use-drawing-state.ts";
import { useModels } from "../../state/models/model-store.ts";
import { Button } from "../controls/button.tsx";
import { FileButton } from "./file-button.tsx";
import styles from "./model-trouble.module.css";

/** Why there is nothing to see, and what can be done: the first thing of a view that has no model, or a broken one. */
export function ModelTrouble({ problem }: { readonly problem: string }) {
  const [, setState] = useDrawingState();
  const { models, error, load } = useModels();
  const first = models?.find(({ source }) => source === "site");
  return (
    <div className={styles.trouble}>
      <p role="alert">{problem}</p>
      <div className={styles.ways}>
        {error !== null && <Button onClick={() => void load()}>Try again</Button>}
        {first !== undefined && (
          <Button kind="primary" onClick={() => void setState({ model: null, class: null })}>
            Go on with {first.title}
          </Button>
        )}
        <FileButton />
      </div>
    </div>
  );
}
