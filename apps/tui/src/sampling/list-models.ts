/** Model files to pick from: those of the models folder, and what the runs have made. */
import { readdir, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { layout, listRunFolders } from "@pixelcnn/runs";

export interface ListedModel {
  readonly name: string;
  readonly path: string;
  readonly bytes: number;
}

const EXTENSION = ".safetensors";

export async function listModels(modelsRoot: string, runsRoot: string): Promise<ListedModel[]> {
  const names = (await readdir(modelsRoot).catch(() => [])).filter((name) => name.endsWith(EXTENSION)).sort();
  const bundled = names.map((name) => ({ name: basename(name, EXTENSION), path: join(modelsRoot, name) }));
  const runs = await listRunFolders(runsRoot);
  const made = runs.flatMap((run) => [
    { name: `${run}, newest`, path: layout.model(join(runsRoot, run)) },
    { name: `${run}, best`, path: layout.best(join(runsRoot, run)) },
  ]);
  const found = await Promise.all(
    [...bundled, ...made].map(async (model) => {
      const file = await stat(model.path).catch(() => null);
      return file?.isFile() ? [{ ...model, bytes: file.size }] : [];
    }),
  );
  return found.flat();
}
