/** A config as one list of settings: {"a": {"b": 1}} has the setting "a.b". */

export function flatConfig(config: Readonly<Record<string, unknown>> | null): ReadonlyMap<string, string> {
  const settings = new Map<string, string>();
  const visit = (value: unknown, path: string) => {
    if (typeof value === "object" && value !== null && !Array.isArray(value)) {
      for (const [key, inner] of Object.entries(value)) visit(inner, path === "" ? key : `${path}.${key}`);
    } else settings.set(path, typeof value === "string" ? value : JSON.stringify(value));
  };
  if (config !== null) visit(config, "");
  return settings;
}
