/** What a run was told, as its config.json has it. */

/** Settings by name; none where the file is missing or damaged. */
export function settingsOfRun(config: unknown): Readonly<Record<string, unknown>> {
  return typeof config === "object" && config !== null ? (config as Record<string, unknown>) : {};
}

/** A setting as it is shown: text as it is, fractions to six digits, lists with commas, "–" for none. */
export function settingText(value: unknown): string {
  if (value === undefined) return "–";
  if (typeof value === "number" && !Number.isInteger(value)) return String(Number(value.toPrecision(6)));
  return Array.isArray(value) ? value.join(",") : String(value);
}

/** Names of the settings in which some of them differ, in the order in which they are met. */
export function differingSettings(settings: readonly Readonly<Record<string, unknown>>[]): string[] {
  const names = [...new Set(settings.flatMap((one) => Object.keys(one)))];
  return names.filter((name) => new Set(settings.map((one) => JSON.stringify(one[name]))).size > 1);
}
