/**
 * A model as a folder that the Hugging Face Hub takes: `config.json`, `model.safetensors`, and a card whose head is YAML that the Hub
 * reads (huggingface.co/docs/hub/model-cards). The file is the model file itself, graph included, and can be read by everything here.
 */
import { countWeights, likelihoodOf, type ModelFile } from "@pixelcnn/core";
import { stringifyYAML } from "confbox/yaml";
import { withoutHome } from "../home.ts";
import { levelsText } from "../output/levels-text.ts";
import { ofPictures } from "../output/of-pictures.ts";

/** What a model file does not say. */
export interface HubOptions {
  readonly name: string;
  /** SPDX identifier, or what else the Hub knows; left out of the card when it is. */
  readonly license?: string;
}

/** @returns files by their paths in the folder. */
export function hubFolder(
  file: ModelFile,
  bytes: Uint8Array,
  options: HubOptions,
): Record<string, Uint8Array | string> {
  return {
    "config.json": `${JSON.stringify(configOf(file), null, 2)}\n`,
    "model.safetensors": bytes,
    "README.md": cardOf(file, options),
  };
}

function configOf({ model, preparation, provenance }: ModelFile) {
  const { picture, classes } = model.network;
  return {
    model_type: "pixelcnn",
    architectures: ["PixelCNN"],
    library_name: "pixelcnn",
    image_height: picture.height,
    image_width: picture.width,
    num_channels: picture.channels,
    num_levels: picture.levels,
    num_classes: classes,
    likelihood: likelihoodOf(model.network).kind,
    binarise: preparation.binarise,
    num_parameters: countWeights(model.network),
    torch_dtype: "float32",
    dataset: withoutHome(provenance.dataset),
    train_steps: provenance.steps,
  };
}

function cardOf({ model, provenance }: ModelFile, { name, license }: HubOptions): string {
  const { picture, classes } = model.network;
  const { test, steps } = provenance;
  const [dataset, command] = [withoutHome(provenance.dataset), withoutHome(provenance.command)];
  const task = { type: "unconditional-image-generation" };
  const [nats, bitsPerDim] = [test?.nats.toFixed(2), test?.bitsPerDim.toFixed(4)];
  const count = test && ofPictures(test.images, provenance.dataset);
  const metrics = test && [
    { type: "nll", name: `nats per picture (${count} test pictures)`, value: Number(nats) },
    { type: "bits_per_dim", name: `bits/dim (${count} test pictures)`, value: Number(bitsPerDim) },
  ];
  const head = {
    ...(license !== undefined && { license }),
    library_name: "pixelcnn",
    pipeline_tag: task.type,
    tags: ["pixelcnn", "autoregressive", "image-generation"],
    ...(metrics && {
      "model-index": [
        { name, results: [{ task, dataset: { type: dataset, name: dataset, split: "test" }, metrics }] },
      ],
    }),
  };
  const shape = `${picture.width}×${picture.height}×${picture.channels}, ${levelsText(picture)}`;
  const rows = [
    ["pictures", shape],
    ["classes", classes === 0 ? "none" : String(classes)],
    ["weights", countWeights(model.network).toLocaleString("en")],
    ["data set", dataset],
    ["steps", steps.toLocaleString("en")],
    ["made by", `\`${command.replaceAll("`", "'").replaceAll("|", "\\|")}\``],
    ...(test ? [["test", `${nats} nats, ${bitsPerDim} bits/dim (${count} pictures)`]] : []),
  ];
  return [
    `---\n${stringifyYAML(head).trimEnd()}\n---`,
    `\n# ${name}\n`,
    "A PixelCNN: it draws pictures pixel by pixel and knows the exact likelihood of each. The graph of the network is in the file, so that",
    "nothing else is needed to run it:\n",
    "```sh",
    "npx @pixelcnn/cli generate ./model.safetensors --show",
    "npx @pixelcnn/cli describe ./model.safetensors",
    "```\n",
    "| | |",
    "| --- | --- |",
    ...rows.map((cells) => `| ${cells.join(" | ")} |`),
    "",
  ].join("\n");
}
