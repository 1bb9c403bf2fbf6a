"use client";
import { useId } from "react";
import styles from "./controls.module.css";

interface PickerProps {
  readonly label: string;
  readonly value: string;
  readonly options: readonly { readonly value: string; readonly text: string }[];
  readonly onChange: (value: string) => void;
}

/** One of many, behind a button: the browser's own list, which every phone shows in its own way. */
export function Picker({ label, value, options, onChange }: PickerProps) {
  const id = useId();
  return (
    <div className={styles.field}>
      <label className={styles.label} htmlFor={id}>
        {label}
      </label>
      <select
        id={id}
        className={styles.select}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      >
        {/* Else the browser shows the first one, which cannot be chosen then. */}
        {!options.some((option) => option.value === value) && <option value={value} disabled hidden />}
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.text}
          </option>
        ))}
      </select>
    </div>
  );
}
