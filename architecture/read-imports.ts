/** Who imports whom, from the sources: TypeScript's own scanner finds the specifiers, types included. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import ts from "typescript";

/** One file imports another. Paths are relative to the root, with slashes. */
export interface FileImport {
  readonly from: string;
  readonly to: string;
}

/** All imports between files of this repository's sources: relative ones, and those through a package's doors. */
export function readImports(root: string): FileImport[] {
  const doors = doorsOf(root);
  return sourcesOf(root).flatMap((from) => {
    const text = readFileSync(join(root, from), "utf8");
    return ts.preProcessFile(text, true, true).importedFiles.flatMap(({ fileName }): FileImport[] => {
      const to = fileName.startsWith(".")
        ? relative(root, resolve(root, dirname(from), fileName))
        : doors.get(fileName);
      return to === undefined || !existsSync(join(root, to)) ? [] : [{ from, to }];
    });
  });
}

function sourcesOf(root: string): string[] {
  return ["packages", "apps"].flatMap((group) =>
    membersOf(root, group).flatMap((member) =>
      ["app", "server", "src"]
        .map((folder) => join(member, folder))
        .filter((folder) => existsSync(join(root, folder)))
        .flatMap((folder) =>
          readdirSync(join(root, folder), { recursive: true }).map((path) => join(folder, String(path))),
        )
        .filter((path) => /\.tsx?$/.test(path))
        .sort(),
    ),
  );
}

/** Folders of packages, or of apps. */
function membersOf(root: string, group: string): string[] {
  if (!existsSync(join(root, group))) return [];
  return readdirSync(join(root, group))
    .map((name) => join(group, name))
    .filter(
      (folder) => existsSync(join(root, folder, "package.json")) || existsSync(join(root, folder, "src")),
    )
    .sort();
}

/** The file behind every name that a package exports. */
function doorsOf(root: string): Map<string, string> {
  const packages = membersOf(root, "packages").filter((folder) =>
    existsSync(join(root, folder, "package.json")),
  );
  return new Map(
    packages.flatMap((folder) => {
      const { name, exports } = JSON.parse(readFileSync(join(root, folder, "package.json"), "utf8")) as {
        readonly name: string;
        readonly exports?: Readonly<Record<string, string>>;
      };
      return Object.entries(exports ?? {}).map(([door, file]): [string, string] => [
        join(name, door),
        join(folder, file),
      ]);
    }),
  );
}
