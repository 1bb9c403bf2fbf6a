/** Standard output of the commands: lines for people or, with --json, one JSON value a line and nothing else. */
export interface Output {
  /** A line for people. */
  line(text: string): void;
  /** A value for machines. */
  json(value: unknown): void;
}

export interface OutputFlags {
  readonly json?: boolean;
  readonly quiet?: boolean;
}

export function outputFor({ json = false, quiet = false }: OutputFlags): Output {
  const write = (text: string) => process.stdout.write(`${text}\n`);
  return {
    line: (text) => {
      if (!json && !quiet) write(text);
    },
    json: (value) => {
      if (json) write(JSON.stringify(value));
    },
  };
}
