import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { decode } from "fast-png";
import sharp from "sharp";
import { describe, expect, it, vi } from "vitest";
import { runHere } from "../support/pixelcnn.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const LONG_MS = 120_000;

/** Photographs' stand-ins: red or blue, of any size, in several kinds of file. */
async function fillWithPictures(folder: string): Promise<void> {
  for (const [name, background] of [
    ["red", { r: 220, g: 30, b: 20 }],
    ["blue", { r: 10, g: 40, b: 210 }],
  ] as const) {
    mkdirSync(join(folder, name), { recursive: true });
    for (let i = 0; i < 12; i++) {
      const image = sharp({ create: { width: 15 + 9 * i, height: 90 - 5 * i, channels: 3, background } });
      await image.toFile(join(folder, name, `${i}.${["png", "jpg", "webp"][i % 3]}`));
    }
  }
}

describe("datasets", () => {
  it(
    "list names every set, and each line of JSON says where it lies",
    async () => {
      const { code, stdout } = await runHere(temporaryFolder(), "datasets", "list", "--json");
      expect(code).toBe(0);
      const sets = JSON.parse(stdout) as { name: string; place: string | null }[];
      expect(sets.map((set) => set.name)).toEqual([
        "glyphs",
        "colour-glyphs",
        "sprites",
        "mnist",
        "binarized-mnist",
        "fashion-mnist",
        "cifar10",
      ]);
      expect(sets[0]!.place).toBe("embedded");
      const listed = await runHere(temporaryFolder(), "datasets", "list");
      const lines = listed.stdout.split("\n").filter((line) => !line.startsWith("  ")); // places are as long as they are
      for (const { name } of sets) expect(lines.some((line) => line.startsWith(`${name} `))).toBe(true);
      for (const line of lines) expect(line.length).toBeLessThanOrEqual(80);
    },
    LONG_MS,
  );

  it(
    "show draws a row per class, of a folder named as the user sees it, in its colours",
    async () => {
      const folder = temporaryFolder();
      await fillWithPictures(join(folder, "my photos"));
      const words = [
        "show",
        "folder:my photos",
        "--size",
        "4x2",
        "--columns",
        "3",
        "--scale",
        "2",
        "--out",
        "sheet.png",
      ];
      const { code, stdout, stderr } = await runHere(folder, "datasets", ...words);
      expect(stderr).toBe("");
      expect(code).toBe(0);
      expect(stdout).toContain("20 pictures of 4×2 RGB, 256 levels");
      expect(stdout).toContain("rows: blue, red");
      const sheet = decode(readFileSync(join(folder, "sheet.png")));
      // Pictures of 4×2 at twice their size, and gaps of one pixel.
      expect([sheet.width, sheet.height]).toEqual([3 * 8 + 4, 2 * 4 + 3]);
      const at = (x: number, y: number) => [
        ...sheet.data.slice((y * sheet.width + x) * 3, (y * sheet.width + x) * 3 + 3),
      ];
      const [red, green, blue] = at(3, 3) as [number, number, number];
      expect(blue).toBeGreaterThan(200);
      expect(red + green).toBeLessThan(70);
      expect(at(3, 8)[0]).toBeGreaterThan(200);
    },
    LONG_MS,
  );

  it("fetch takes mirrors of the user's own, or none, and says in one line what is to be put where", async () => {
    const folder = temporaryFolder();
    const words = ["datasets", "fetch", "mnist", "--data-dir", "here"];
    const answers = [];
    for (const mirrors of ["", " , http://127.0.0.1:9/a"]) {
      vi.stubEnv("PIXELCNN_MIRRORS", mirrors);
      answers.push(await runHere(folder, ...words));
    }
    vi.unstubAllEnvs();
    const put = new RegExp(
      `; put train-images.* into ${join(folder, "here", "mnist")}, or name .* --data-dir\n$`,
    );
    for (const { code, stderr } of answers) {
      expect(code).toBe(1);
      expect(stderr).toMatch(put);
    }
    expect(answers[0]!.stderr).toContain("got no mirror");
    expect(answers[1]!.stderr).toContain("got 127.0.0.1:9: bad port; put");
    expect(answers[1]!.stderr).toMatch(/^fetching mnist, 11\.6 MB, into /);
  });

  it(
    "a name that is none ends with 1, a command that is none with 2, in one line",
    async () => {
      const folder = temporaryFolder();
      const unknown = await runHere(folder, "datasets", "fetch", "imagenet");
      expect(unknown.code).toBe(1);
      expect(unknown.stderr).toBe(
        'expected a data set to fetch, one of mnist, binarized-mnist, fashion-mnist, cifar10, got "imagenet"\n',
      );
      expect((await runHere(folder, "datasets", "delete")).code).toBe(2);
    },
    LONG_MS,
  );
});

it(
  "train --dataset folder:<dir> on pictures of mixed sizes trains a model of three channels, which evaluate finds again",
  async () => {
    const folder = temporaryFolder();
    await fillWithPictures(join(folder, "photos"));
    const shape = ["--size", "8x6", "--levels", "4", "--channels", "6", "--layers", "1", "--samples", "2"];
    const length = [
      "--steps",
      "30",
      "--warmup-steps",
      "3",
      "--learning-rate",
      "0.05",
      "--average-decay",
      "0.8",
    ];
    const where = ["--workers", "1", "--run", join(folder, "run"), "--json"];
    const words = ["--dataset", "folder:photos", ...shape, ...length, ...where];
    const trained = await runHere(folder, "train", ...words);
    expect(trained.stderr).toBe("");
    expect(trained.code).toBe(0);
    const events = trained.stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    const evaluations = events.filter((event) => event.type === "evaluation");
    // Every picture has one colour: a model that learns anything is far below a uniform draw, 2 bits per value.
    expect(evaluations.at(-1).test.bitsPerDim).toBeLessThan(1.2);
    const model = join(folder, "run", "model.safetensors");
    expect(existsSync(model)).toBe(true);
    const found = await runHere(folder, "evaluate", "--model-file", model, "--json");
    expect(found.stderr).toBe("");
    expect(JSON.parse(found.stdout).bitsPerDim).toBeCloseTo(evaluations.at(-1).test.bitsPerDim, 3);
    const config = JSON.parse(readFileSync(join(folder, "run", "config.json"), "utf8"));
    expect(config).toMatchObject({ dataset: `folder:${join(folder, "photos")}`, size: "8x6" });
  },
  LONG_MS,
);
