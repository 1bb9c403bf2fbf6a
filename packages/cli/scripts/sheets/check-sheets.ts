/** Are the pictures of cards those of the model files that lie there? */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { readModel } from "../../src/read-model.ts";
import { modelFileIn, sha256Of, shippedModels } from "../results/record.ts";
import { withPictures } from "./card-pictures.ts";
import { readSheets } from "./sheet-record.ts";

/** A line for every sheet, picture or card that does not fit; quick, since nothing is drawn. */
export async function findStaleSheets(root: string): Promise<string[]> {
  const sheets = await readSheets(root);
  const problems: string[] = [];
  const shipped = await shippedModels(root);
  for (const model of shipped.filter((name) => !(name in sheets)))
    problems.push(`models/sheets.json: expected pictures of ${model}, found none; run: pnpm sheets ${model}`);
  for (const [model, record] of Object.entries(sheets)) {
    if (!shipped.includes(model)) {
      problems.push(`models/sheets.json: expected no ${model}, which is not in models/`);
      continue;
    }
    if (record.model !== (await sha256Of(modelFileIn(root, model))))
      problems.push(
        `docs/images/${model}.png: expected pictures of the model file, got those of another; run: pnpm sheets ${model}`,
      );
    const files = { [`${model}.png`]: record.drawn.sha256, [record.real.file]: record.real.sha256 };
    for (const [file, sha256] of Object.entries(files)) {
      const found = await sha256Of(join(root, "docs/images", file)).catch(() => null);
      if (found !== sha256)
        problems.push(
          `docs/images/${file}: expected the sheet that was drawn for ${model}, got another; run: pnpm sheets ${model}`,
        );
    }
    const card = await readFile(join(root, "models", `${model}.md`), "utf8");
    const { classes } = (await readModel(modelFileIn(root, model))).model.network;
    if (card !== withPictures(card, model, { record, classes }))
      problems.push(
        `models/${model}.md: expected the pictures as they were drawn, got others; run: pnpm sheets ${model}`,
      );
  }
  return problems;
}
