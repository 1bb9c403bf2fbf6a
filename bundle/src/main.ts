/** `pnpm bundle <folder>`: everything for a Linux machine without Node and without a network, as a folder and as one archive. */
import { existsSync, readdirSync, rmSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { Command } from "commander";
import { archive, megabytes } from "./archive.ts";
import { BundleError } from "./bundle-error.ts";
import { makeBundle } from "./make-bundle.ts";

interface Options {
  readonly models: readonly string[];
  readonly datasets: readonly string[];
  readonly libraries: readonly string[];
  readonly images?: boolean;
  readonly archive: boolean;
}

const names = (text: string): string[] => text.split(",").filter((name) => name !== "");

const command = new Command("pnpm bundle")
  .description(
    "Pack Node, the app, models and data sets for a Linux machine without Node and without a network.",
  )
  .argument("<folder>", "where pixelcnn/ and pixelcnn-linux-x64.tar.xz are made")
  .option("--models <names>", "models of models/ that come along", names, ["glyphs", "mnist-binary"])
  .option("--datasets <names>", "published data sets that come along, from this machine", names, [])
  .option(
    "--libraries <files>",
    "shared libraries that the machine may lack, libvulkan.so.1 for one",
    names,
    [],
  )
  .option("--images", "read folders of images and write animations there: 6 MB more")
  .option("--no-archive", "only the folder")
  .addHelpText("after", "\nThere: tar -xf pixelcnn-linux-x64.tar.xz && bash pixelcnn/run.sh help")
  .action(async (given: string, options: Options) => {
    const folder = resolve(process.env.INIT_CWD ?? ".", given, "pixelcnn");
    const wasThere = existsSync(folder);
    try {
      await make(folder, options);
    } catch (error) {
      if (!wasThere) rmSync(folder, { recursive: true, force: true });
      if (!(error instanceof BundleError)) throw error;
      command.error(error.message);
    }
  });

async function make(folder: string, options: Options): Promise<void> {
  await makeBundle(folder, { ...options, images: options.images ?? false });
  process.stdout.write(`${folder}: ${megabytes(bytesOf(folder))}\n`);
  if (!options.archive) return;
  process.stdout.write("packing, two minutes\n");
  const file = join(folder, "../pixelcnn-linux-x64.tar.xz");
  const size = await archive(folder, file, bytesOf(join(folder, "datasets")));
  process.stdout.write(`${file}: ${megabytes(size)}\n`);
}

function bytesOf(folder: string): number {
  if (!existsSync(folder)) return 0;
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  return files.reduce((sum, { parentPath, name }) => sum + statSync(join(parentPath, name)).size, 0);
}

await command.parseAsync();
