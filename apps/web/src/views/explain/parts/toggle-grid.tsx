"use client";
/** A small square of switches: one stop of the tab key, arrow keys inside. */
import { Fragment } from "react";
import { ToggleButton, ToggleButtonGroup } from "react-aria-components";
import styles from "./parts.module.css";

interface ToggleGridProps {
  readonly label: string;
  /** Words before the rows, which `name` says as well. */
  readonly rows?: readonly string[];
  /** In reading order, three per row. */
  readonly cells: readonly { readonly name: string; readonly text: string }[];
  readonly value: readonly boolean[];
  readonly onChange: (value: boolean[]) => void;
}

export function ToggleGrid({ label, rows, cells, value, onChange }: ToggleGridProps) {
  const selected = cells.flatMap((_, i) => (value[i] ? [String(i)] : []));
  return (
    <ToggleButtonGroup
      className={`${styles.toggles} ${rows ? styles.named : ""}`}
      aria-label={label}
      selectionMode="multiple"
      selectedKeys={selected}
      onSelectionChange={(keys) => onChange(cells.map((_, i) => keys.has(String(i))))}
    >
      {cells.map(({ name, text }, i) => (
        <Fragment key={name}>
          {rows !== undefined && i % 3 === 0 && (
            <span className={styles.rowName} aria-hidden="true">
              {rows[i / 3]}
            </span>
          )}
          <ToggleButton id={String(i)} className={styles.toggle ?? ""} aria-label={name}>
            {text}
          </ToggleButton>
        </Fragment>
      ))}
    </ToggleButtonGroup>
  );
}
