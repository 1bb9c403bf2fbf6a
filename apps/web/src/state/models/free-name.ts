import { keptEntries } from "./kept-files.ts";
import { useModels } from "./model-store.ts";

/** A name that no model file has which was opened here, in whatever tab: the wanted one, or that one with a number. */
export async function freeName(wanted: string): Promise<string> {
  const kept = await keptEntries();
  const opened = useModels.getState().models ?? [];
  const taken = new Set(
    [...kept, ...opened].flatMap(({ source, title }) => (source === "file" ? title : [])),
  );
  let name = wanted;
  for (let number = 2; taken.has(name); number++) name = `${wanted}-${number}`;
  return name;
}
