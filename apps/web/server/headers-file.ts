/**
 * The `_headers` file that the build writes, read as hosts read it: a line that is not indented is a path, "*" at its end
 * standing for everything; the lines below are its headers. A request gets those of all paths that fit.
 */
export interface HeaderRule {
  readonly path: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
}

export function parseHeaders(text: string): HeaderRule[] {
  const rules: { path: string; headers: [string, string][] }[] = [];
  for (const line of text.split("\n")) {
    if (line.trim() === "") continue;
    const header = line.match(/^\s+([^:]+):\s*(.*)$/);
    if (header === null) rules.push({ path: line.trim(), headers: [] });
    else rules.at(-1)?.headers.push([header[1]!, header[2]!]);
  }
  return rules;
}

/** By name; a name that several rules have gets all their values. @param path a page's under any of its names. */
export function headersFor(rules: readonly HeaderRule[], path: string): Map<string, string[]> {
  const page = path.replace(/(^|\/)index\.html$/, "$1");
  const headers = new Map<string, string[]>();
  for (const rule of rules) {
    const fits = rule.path.endsWith("*")
      ? page.startsWith(rule.path.slice(0, -1))
      : rule.path === page || rule.path === `${page}/`;
    if (!fits) continue;
    for (const [name, value] of rule.headers) headers.set(name, [...(headers.get(name) ?? []), value]);
  }
  return headers;
}
