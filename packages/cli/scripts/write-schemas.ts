/** `pnpm --filter cli write-schemas`: writes `configs/*.schema.json` after a change of the settings. */
import { writeFile } from "node:fs/promises";
import { configSchemas } from "./config-schemas.ts";

for (const [name, text] of Object.entries(configSchemas())) {
  await writeFile(new URL(`../configs/${name}`, import.meta.url), text);
}
