"use client";
import { NumberField as AriaNumberField, Button, Group, Input, Label } from "react-aria-components";
import styles from "./controls.module.css";

interface NumberFieldProps {
  readonly label: string;
  readonly value: number;
  readonly minimum: number;
  readonly maximum: number;
  readonly onChange: (value: number) => void;
}

/** A whole number. What cannot be read goes back to the last value. */
export function NumberField({ label, value, minimum, maximum, onChange }: NumberFieldProps) {
  return (
    <AriaNumberField
      className={styles.field ?? ""}
      value={value}
      minValue={minimum}
      maxValue={maximum}
      step={1}
      formatOptions={{ useGrouping: false, maximumFractionDigits: 0 }}
      onChange={(next) => onChange(Number.isNaN(next) ? value : next)}
    >
      <Label className={styles.label ?? ""}>{label}</Label>
      <Group className={styles.group ?? ""}>
        <Button slot="decrement" className={styles.nudge ?? ""}>
          −
        </Button>
        <Input className={styles.input ?? ""} />
        <Button slot="increment" className={styles.nudge ?? ""}>
          +
        </Button>
      </Group>
    </AriaNumberField>
  );
}
