import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { decodeModelFile } from "@pixelcnn/core";
import { parseYAML } from "confbox/yaml";
import { describe, expect, it } from "vitest";
import { runDescribe } from "../../src/commands/describe.ts";
import { runCopy, runExport, runList } from "../../src/commands/models.ts";
import { withHome, withoutHome } from "../../src/home.ts";
import { hubFolder } from "../../src/models/hub-folder.ts";
import { modelPath } from "../../src/paths.ts";
import { printed } from "../support/printed.ts";
import { listing, temporaryFolder } from "../support/temporary-folder.ts";
import { writeTinyModel } from "../support/tiny-model.ts";

const folder = temporaryFolder();
const tiny = join(folder, "tiny.safetensors");
writeTinyModel(tiny);

describe("models", () => {
  it("list those that have names", async () => {
    const lines = (await printed(() => runList({}))).split("\n");
    expect(lines[0]).toMatch(/^model +data set +picture +levels +weights +bits\/dim +size$/);
    expect(lines).toContainEqual(expect.stringMatching(/^glyphs +glyphs +16×16 +4 +139,684 +0\.2868 +\d/));
    expect(lines.join("\n")).not.toContain("…");
  });

  it("list them on a screen of 80 columns with every size and data set in full", async () => {
    const lines = (await printed(() => runList({}), 80)).trimEnd().split("\n");
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(80);
    const text = lines.join("\n");
    expect(text).not.toContain("…");
    expect(text).toMatch(/^mnist-binary +binarized- +28×28 .* \d[\d.]* kB\n +mnist$/m);
  });

  it("copy, into a folder or a file, and nothing that is damaged", async () => {
    const copy = join(folder, "copies/");
    await printed(() => runCopy(tiny, copy, {}));
    expect(readFileSync(join(copy, "tiny.safetensors")).equals(readFileSync(tiny))).toBe(true);
    const damaged = join(folder, "damaged.safetensors");
    writeFileSync(damaged, readFileSync(tiny).subarray(0, 1000));
    await expect(runCopy(damaged, copy, {})).rejects.toThrow(damaged);
    await expect(runCopy(tiny, join(folder, "x.bin"), {})).rejects.toThrow("ends in .safetensors");
    await expect(runCopy(tiny, copy, {})).rejects.toThrow(
      `copy: expected no file at ${join(copy, "tiny.safetensors")}, got one; name another`,
    );
  });

  it("export --hub writes a folder that the Hugging Face Hub takes", async () => {
    const hub = join(folder, "hub");
    const told = await printed(() => runExport(tiny, { hub, license: "mit" }));
    expect(told).toContain("hf upload <you>/tiny");
    expect(listing(hub)).toEqual(["README.md", "config.json", "model.safetensors"]);
    expect(readFileSync(join(hub, "model.safetensors")).equals(readFileSync(tiny))).toBe(true);
    expect(JSON.parse(readFileSync(join(hub, "config.json"), "utf8"))).toMatchObject({
      ...{ model_type: "pixelcnn", image_height: 8, image_width: 8, num_channels: 1, num_levels: 4 },
      ...{ num_classes: 10, likelihood: "categorical" },
    });
    const card = readFileSync(join(hub, "README.md"), "utf8");
    const [, head = "", body = ""] = /^---\n(.*?)\n---\n(.*)$/s.exec(card) ?? [];
    expect(parseYAML(head)).toEqual({
      license: "mit",
      library_name: "pixelcnn",
      pipeline_tag: "unconditional-image-generation",
      tags: ["pixelcnn", "autoregressive", "image-generation"],
      "model-index": [
        {
          name: "tiny",
          results: [
            {
              task: { type: "unconditional-image-generation" },
              dataset: { type: "glyphs", name: "glyphs", split: "test" },
              metrics: [
                { type: "nll", name: "nats per picture (4 test pictures)", value: 88.25 },
                { type: "bits_per_dim", name: "bits/dim (4 test pictures)", value: 1.989 },
              ],
            },
          ],
        },
      ],
    });
    expect(body).toContain("| made by | `train --steps 3` |");
    await expect(runExport(tiny, {})).rejects.toThrow("expected --hub <folder>");
    await expect(runExport(tiny, { hub })).rejects.toThrow(
      `--hub: expected an empty folder or none at ${hub}, got one with files; name another`,
    );
  });
});

describe("a likelihood of some of the test pictures", () => {
  it("is marked in the list, which says of how many", async () => {
    const text = (await printed(() => runList({}))).replaceAll("\n", " ");
    expect(text).toMatch(/mnist-binary +binarized-mnist .* ~0\.1518 /);
    expect(text).toMatch(/mnist-binary-bilstm +binarized-mnist +28×28 +2 +43,249 +0\.1478 /);
    expect(text).toMatch(/~ of some of the test pictures: .*mnist-binary \(500 of 10,000\)/);
  });

  it("is told with their number by describe and in a card, rounded", async () => {
    expect(await printed(() => runDescribe("mnist-binary", {}))).toContain(
      "82.50 nats, 0.1518 bits/dim (500 of 10,000 pictures)",
    );
    const file = decodeModelFile(readFileSync(modelPath("mnist-binary")));
    const card = String(hubFolder(file, new Uint8Array(), { name: "x" })["README.md"]);
    const head = parseYAML(/^---\n(.*?)\n---/s.exec(card)![1]!) as Record<string, [{ results: [object] }]>;
    expect(head["model-index"]![0].results[0]).toMatchObject({
      metrics: [
        { name: "nats per picture (500 of 10,000 test pictures)", value: 82.5 },
        { name: "bits/dim (500 of 10,000 test pictures)", value: 0.1518 },
      ],
    });
  });
});

describe("what is meant to be shared", () => {
  it("names no home folder, and another user's is read in its place", () => {
    const home = "/home/ada";
    expect(withoutHome("train --run /home/ada/runs/a --config '/home/ada/c.json'", home)).toBe(
      "train --run ~/runs/a --config '~/c.json'",
    );
    expect(withoutHome("folder:/home/ada", home)).toBe("folder:~");
    expect(withoutHome("/home/adam/x", home)).toBe("/home/adam/x");
    expect(withoutHome("/x", "/")).toBe("/x");
    expect(withHome("~/photos", "/home/bob")).toBe("/home/bob/photos");
    expect(withHome("~adam/photos", "/home/bob")).toBe("~adam/photos");
  });

  it("a card and a config neither, of a model whose maker had one", () => {
    const file = decodeModelFile(readFileSync(tiny));
    const home = process.env.HOME ?? "";
    const dataset = `folder:${home}/photos`;
    const provenance = { ...file.provenance, dataset, command: `train --dataset ${home}/photos` };
    const files = hubFolder({ ...file, provenance }, new Uint8Array(), { name: "x" });
    for (const text of [files["README.md"], files["config.json"]]) {
      expect(text).toContain("~/photos");
      expect(text).not.toContain(home);
    }
  });
});
