/** The form for a new training as data: fields with choices, one with a number. */

import type { PresetName } from "@pixelcnn/core";

const models = [
  "gated",
  "pixelcnn++",
  "local",
  "snail",
  "diagonal-bilstm",
  "row-lstm",
  "pixelcnn",
  "naive",
] as const satisfies readonly PresetName[];

export interface FormField {
  readonly name: "data set" | "model" | "size" | "epochs";
  /** Empty for a number that is typed. */
  readonly choices: readonly string[];
  readonly value: string;
}

export interface TrainingForm {
  readonly fields: readonly FormField[];
  /** Index of the field that the keys change. */
  readonly selected: number;
}

/** Channels and layers of the sizes. */
export const sizes = {
  small: { channels: 16, layers: 3 },
  medium: { channels: 32, layers: 6 },
  large: { channels: 64, layers: 10 },
} as const;

/** @param datasets names of the sets that can be trained on. */
export function newForm(datasets: readonly string[]): TrainingForm {
  return {
    selected: 0,
    fields: [
      { name: "data set", choices: datasets, value: datasets[0]! },
      { name: "model", choices: models, value: "gated" },
      { name: "size", choices: Object.keys(sizes), value: "small" },
      { name: "epochs", choices: [], value: "1" },
    ],
  };
}

/** The form after a key: up and down between fields, left and right between choices, digits for a number. */
export function pressInForm(form: TrainingForm, key: string): TrainingForm {
  const { fields, selected } = form;
  if (key === "up" || key === "down") {
    return { ...form, selected: (selected + (key === "down" ? 1 : -1) + fields.length) % fields.length };
  }
  return { ...form, fields: fields.map((field, i) => (i === selected ? pressInField(field, key) : field)) };
}

function pressInField(field: FormField, key: string): FormField {
  const { choices, value } = field;
  if (choices.length === 0) {
    if (key === "backspace") return { ...field, value: value.slice(0, -1) };
    return /^\d$/.test(key) && value.length < 6
      ? { ...field, value: `${value}${key}`.replace(/^0+/, "") }
      : field;
  }
  if (key !== "left" && key !== "right") return field;
  const at = choices.indexOf(value) + (key === "right" ? 1 : -1);
  return { ...field, value: choices[(at + choices.length) % choices.length]! };
}

/** What is wrong with the form; null when it can be started. */
export function formTrouble({ fields }: TrainingForm): string | null {
  return fieldValue(fields, "epochs") === "" ? "type a number of epochs" : null;
}

/** Words for `pixelcnn train`. @param run directory of the run, with a slash. */
export function trainWords({ fields }: TrainingForm, run: string): string[] {
  const { channels, layers } = sizes[fieldValue(fields, "size") as keyof typeof sizes];
  const dataset = fieldValue(fields, "data set");
  return [
    ...["--dataset", dataset, "--model", fieldValue(fields, "model")],
    ...(dataset.startsWith("binarized") ? ["--levels", "2"] : []),
    ...["--channels", String(channels), "--layers", String(layers)],
    ...["--epochs", fieldValue(fields, "epochs"), "--run", run, "--quiet"],
  ];
}

/** A name that no run has. */
export function runNameFor({ fields }: TrainingForm, taken: readonly string[]): string {
  const base = `${fieldValue(fields, "data set")}-${fieldValue(fields, "model")}-${fieldValue(fields, "size")}`;
  for (let i = 1; ; i++) {
    const name = i === 1 ? base : `${base}-${i}`;
    if (!taken.includes(name)) return name;
  }
}

function fieldValue(fields: readonly FormField[], name: FormField["name"]): string {
  return fields.find((field) => field.name === name)!.value;
}
