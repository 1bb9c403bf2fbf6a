"use client";
import { Label, Radio, RadioGroup, Text } from "react-aria-components";
import styles from "./controls.module.css";

interface ChoiceProps<T extends string> {
  readonly label: string;
  readonly value: T;
  readonly options: readonly { readonly value: T; readonly text: string }[];
  readonly onChange: (value: T) => void;
  readonly isDisabled?: boolean;
  /** A sentence that says why it is as it is. */
  readonly note?: string | null;
}

/** One of a few, all of them seen. */
export function Choice<T extends string>({
  label,
  value,
  options,
  onChange,
  isDisabled = false,
  note = null,
}: ChoiceProps<T>) {
  return (
    <RadioGroup
      className={styles.field ?? ""}
      value={value}
      onChange={(next) => onChange(next as T)}
      orientation="horizontal"
      isDisabled={isDisabled}
    >
      <Label className={styles.label ?? ""}>{label}</Label>
      <div className={styles.options}>
        {options.map((option) => (
          <Radio key={option.value} className={styles.option ?? ""} value={option.value}>
            {option.text}
          </Radio>
        ))}
      </div>
      {note !== null && (
        <Text slot="description" className={styles.label ?? ""}>
          {note}
        </Text>
      )}
    </RadioGroup>
  );
}
