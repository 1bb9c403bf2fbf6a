import { basename } from "node:path";

/** What a model file is called: a run's model by the run, not "model". */
export function modelName(path: string): string {
  const name = basename(path, ".safetensors");
  if (name !== "model" && name !== "best") return name;
  return `${path.split(/[/\\]/).at(-2)}, ${name === "best" ? "best" : "newest"}`;
}
