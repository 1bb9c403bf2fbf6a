/**
 * Completion for three shells, written from the tree of commands: a script that a shell reads once, so that a press of the tab
 * key starts no process. One file, because the three say the same in three languages.
 *
 * By hand, since of the kept libraries `@bomb.sh/tab` forbids the names of files in every answer, where most values here may be one,
 * and starts the app at each press, and `omelette` brings no types.
 */
import type { Argument, Command, Option } from "commander";
import type { Offers } from "./tree/offered-argument.ts";

export const shells = ["bash", "zsh", "fish"] as const;
export type Shell = (typeof shells)[number];

/** A command, its flags and what stands below it. */
interface Entry {
  readonly name: string;
  /** Names from the app's own on, which is left out: [] for the app, ["datasets", "list"]. */
  readonly path: readonly string[];
  readonly description: string;
  readonly flags: readonly Flag[];
  /** Words that may stand as its argument. */
  readonly words: readonly string[];
  /** May it be the path of a file as well? */
  readonly isOpen: boolean;
  readonly below: readonly Entry[];
}

interface Flag {
  readonly name: string;
  readonly description: string;
  /** Null for a flag without a value; a number has no suggestions, a text without suggestions is a file, an open word may be one. */
  readonly value:
    | { readonly kind: "number" | "file" }
    | { readonly kind: "word"; readonly words: string[]; readonly isOpen: boolean }
    | null;
}

/** @param models names of models. */
export function completionScript(shell: Shell, app: Command, models: readonly string[]): string {
  const root = entryOf(app, [], models);
  switch (shell) {
    case "bash":
      return bash(root);
    case "zsh":
      return zsh(root);
    case "fish":
      return fish(root);
    default:
      return shell satisfies never;
  }
}

function entryOf(command: Command, path: readonly string[], models: readonly string[]): Entry {
  const help = command.createHelp();
  const below =
    command.name() === "help"
      ? command.parent!.commands.map((one) => namedEntry(one, [...path, one.name()]))
      : command.commands.map((one) => entryOf(one, [...path, one.name()], models));
  return {
    name: command.name(),
    path,
    description: command.description(),
    flags: help.visibleOptions(command).map((option) => flagOf(option, models)),
    words: command.registeredArguments.flatMap((argument) => wordsOf(argument, models)),
    isOpen: command.registeredArguments.some(isOpen),
    below,
  };
}

/** A command and those below it as words that `help` takes. */
function namedEntry(command: Command, path: readonly string[]): Entry {
  const below = command.commands.map((one) => namedEntry(one, [...path, one.name()]));
  const description = command.description();
  return { name: command.name(), path, description, flags: [], words: [], isOpen: false, below };
}

function flagOf(option: Option, models: readonly string[]): Flag {
  const { long, description, flags } = option;
  const words = wordsOf(option, models);
  const kind = /<n\b/.test(flags) ? "number" : "file";
  const value = option.isBoolean()
    ? null
    : words.length > 0
      ? { kind: "word" as const, words, isOpen: isOpen(option) }
      : ({ kind } as const);
  return { name: long!, description, value };
}

/** What can be typed as it is, in every shell: "folder:<dir>" is none, and the name of a file may be anything. */
function wordsOf(from: Option | Argument, models: readonly string[]): string[] {
  const offers = "offers" in from ? (from.offers as Offers) : (from.argChoices ?? []);
  return (offers === "models" ? models : offers).filter((word) => /^[\w.+-]+$/.test(word));
}

function isOpen(from: Option | Argument): boolean {
  return "isOpen" in from && from.isOpen === true;
}

/** An entry and all below it. */
function everything(entry: Entry): Entry[] {
  return [entry, ...entry.below.flatMap(everything)];
}

// bash

function bash(root: Entry): string {
  const entries = everything(root);
  const place = ({ path }: Entry) => path.map((name) => `/${name}`).join("");
  const words = (entry: Entry) =>
    [...entry.below.map(({ name }) => name), ...entry.words, ...entry.flags.map(({ name }) => name)].join(
      " ",
    );
  const values = entries.flatMap((entry) =>
    entry.flags.flatMap(({ name, value }) => {
      if (value === null) return [];
      const answer =
        value.kind === "word"
          ? `COMPREPLY=($(compgen -W "${value.words.join(" ")}" -- "$cur"))`
          : value.kind === "number"
            ? "compopt +o default"
            : ":";
      return [`    "${place(entry)} ${name}") ${answer}; return ;;`];
    }),
  );
  return `# bash completion of ${root.name}
_${root.name}() {
  local cur="\${COMP_WORDS[COMP_CWORD]}" prev="\${COMP_WORDS[COMP_CWORD-1]}" place="" word
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case "$place/$word" in
      ${entries.slice(1).map(place).join(" | ")}) place="$place/$word" ;;
    esac
  done
  case "$place $prev" in
${values.join("\n")}
  esac
  case "$place" in
${entries.map((entry) => `    "${place(entry)}") COMPREPLY=($(compgen -W "${words(entry)}" -- "$cur")) ;;`).join("\n")}
  esac
}
complete -o default -F _${root.name} ${root.name}
`;
}

// zsh

function zsh(root: Entry): string {
  const wordsInZsh = ({ words, isOpen }: Pick<Entry, "words" | "isOpen">) =>
    isOpen ? ` _${root.name}_or_file ${words.join(" ")}` : `(${words.join(" ")})`;
  const functionOf = ({ path }: Entry) => ["", root.name, ...path].join("_").replaceAll("-", "_");
  const bodies = everything(root).map((entry) => {
    const flags = entry.flags.map(({ name, description, value }) => {
      const taken =
        value === null
          ? ""
          : value.kind === "word"
            ? `:value:${wordsInZsh(value)}`
            : value.kind === "number"
              ? ":number:"
              : ":file:_files";
      return quoted(`${name}[${description.replace(/[[\]:\\]/g, "\\$&")}]${taken}`);
    });
    if (entry.below.length === 0) {
      const argument = quoted(entry.words.length > 0 ? `*:value:${wordsInZsh(entry)}` : "*:file:_files");
      return `${functionOf(entry)}() {\n  _arguments ${[...flags, argument].join(" \\\n    ")}\n}`;
    }
    const names = entry.below.map(({ name, description }) => quoted(`${name}:${description}`));
    return `${functionOf(entry)}() {
  local line state
  _arguments -C ${[...flags, "'1: :->command'", "'*:: :->rest'"].join(" \\\n    ")}
  case $state in
    command) local -a commands=(${names.join(" ")}); _describe command commands ;;
    rest) case $line[1] in
${entry.below.map((one) => `      ${one.name}) ${functionOf(one)} ;;`).join("\n")}
    esac ;;
  esac
}`;
  });
  const orFile = `_${root.name}_or_file() {\n  compadd -- "$@"\n  _files\n}`;
  return `#compdef ${root.name}\n${orFile}\n${bodies.join("\n")}\nif [ "$funcstack[1]" = "_${root.name}" ]; then _${root.name} "$@"; else compdef _${root.name} ${root.name}; fi\n`;
}

// fish

function fish(root: Entry): string {
  const lines = everything(root).flatMap((entry) => {
    const seen = entry.path.map((name) => `__fish_seen_subcommand_from ${name}`);
    const none = entry.below.map(({ name }) => name).join(" ");
    const here = [...seen, ...(none === "" ? [] : [`not __fish_seen_subcommand_from ${none}`])].join(
      "; and ",
    );
    const line = (rest: string) => `complete -c ${root.name} -n ${quoted(here)} ${rest}`;
    return [
      ...entry.below.map(({ name, description }) => line(`-f -a ${name} -d ${quoted(description)}`)),
      ...(entry.words.length > 0
        ? [line(`${entry.isOpen ? "" : "-f "}-a ${quoted(entry.words.join(" "))}`)]
        : []),
      ...entry.flags.map(({ name, description, value }) => {
        const taken =
          value === null
            ? ""
            : value.kind === "word"
              ? `${value.isOpen ? "-r -F" : "-x"} -a ${quoted(value.words.join(" "))} `
              : value.kind === "number"
                ? "-x "
                : "-r -F ";
        return line(`-l ${name.slice(2)} ${taken}-d ${quoted(description)}`);
      }),
    ];
  });
  return `# fish completion of ${root.name}\ncomplete -c ${root.name} -e\n${lines.join("\n")}\n`;
}

/** For bash, zsh and fish alike: fish wants the quote itself escaped, the others end the quotes around it. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", "’")}'`;
}
