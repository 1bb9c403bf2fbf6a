/**
 * `pnpm sheets [models…]`: draws the pictures that cards show, each by the command that its card states, and real test pictures beside them, into docs/images, and writes
 * what they are into the cards and models/sheets.json. All of models/ without names. PIXELCNN_DATA says where the sets lie.
 */
import { mkdir, readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { writeAtomic } from "@pixelcnn/runs";
import { Command } from "commander";
import { CliError } from "../src/cli-error.ts";
import { datasetOfModel } from "../src/evaluation/dataset-of-model.ts";
import { packageRoot } from "../src/package-root.ts";
import { readModel } from "../src/read-model.ts";
import { modelFileIn, sha256Of, shippedModels } from "./results/record.ts";
import { told } from "./run-command.ts";
import { runScript } from "./run-script.ts";
import { sheetCommand, withPictures } from "./sheets/card-pictures.ts";
import { realSheet } from "./sheets/real-sheet.ts";
import { readSheets, writeSheets } from "./sheets/sheet-record.ts";

const command = new Command("sheets")
  .description("Draw the pictures of the cards, and real ones beside them.")
  .argument("[models...]", "these alone; all without names")
  .option("--root <folder>", "folder that holds models/ and docs/", resolve(packageRoot, "../.."))
  .action(async (names: string[], { root }: { root: string }) => {
    const shipped = await shippedModels(root);
    const unknown = names.find((name) => !shipped.includes(name));
    if (unknown !== undefined) throw new CliError(`expected one of ${shipped.join(", ")}, got ${unknown}`);
    for (const name of names.length > 0 ? names : shipped) await drawSheets(root, name);
  });

await runScript(command);

async function drawSheets(root: string, model: string): Promise<void> {
  const images = join(root, "docs/images");
  await mkdir(images, { recursive: true });
  const [path, cardPath] = [modelFileIn(root, model), join(root, "models", `${model}.md`)];
  const [file, card] = [await readModel(path), await readFile(cardPath, "utf8")];
  const words = sheetCommand(card, model);
  const wordAfter = (flag: string) => words[words.indexOf(flag) + 1];
  const { count, seed, scale } = {
    count: Number(wordAfter("--count")),
    seed: Number(wordAfter("--seed")),
    scale: Number(wordAfter("--scale")),
  };
  if (words.includes("--temperature") || ![count, seed, scale].every(Number.isInteger)) {
    throw new CliError(
      `models/${model}.md: expected --count, --seed and --scale and no --temperature in its sheet's command; show plain draws`,
    );
  }
  const drawn = join(images, `${model}.png`);
  const own = words.filter((word, i) => word !== "--model-file" && words[i - 1] !== "--model-file");
  await told([...own, "--model-file", path, "--out", drawn], root);
  const { classes, picture } = file.model.network;
  const dataset = await datasetOfModel(file, { quiet: true });
  const real = realSheet(file, dataset, scale);
  const realFile = `real-${dataset.name}-${picture.levels}.png`;
  await writeAtomic(join(images, realFile), real.png);
  const record = {
    model: await sha256Of(path),
    drawn: { sha256: await sha256Of(drawn), count, seed },
    real: {
      file: realFile,
      sha256: await sha256Of(join(images, realFile)),
      count: real.count,
      ...(real.every !== undefined && { every: real.every }),
    },
  };
  await writeSheets(root, { ...(await readSheets(root).catch(() => ({}))), [model]: record });
  // It may have been written on while pictures were drawn.
  const newest = await readFile(cardPath, "utf8");
  await writeAtomic(cardPath, withPictures(newest, model, { record, classes }));
}
