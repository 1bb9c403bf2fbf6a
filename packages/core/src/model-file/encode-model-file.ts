/** A model as the bytes of a file: apart from reading one, which those who only draw need. */
import { likelihoodOf } from "../likelihoods/likelihoods.ts";
import { parametersOf } from "../network/parameters.ts";
import { checkPalette } from "../palette.ts";
import { encodeSafetensors } from "./encode-safetensors.ts";
import { METADATA_KEY, type ModelFile, parseDescription, versionFor } from "./model-file.ts";
import type { NamedTensor, StoredType } from "./safetensors.ts";

/**
 * The bytes of a model file; `decodeModelFile` gives back the same numbers, of float16 the nearest ones.
 *
 * @param stored how the weights are stored: as float32, or as float16 in half the room.
 * @throws {ModelFileError} when the provenance or a name is none that would be read again, or a weight has no float16; {OptionError} when a palette is.
 */
export function encodeModelFile(
  { model, preparation, provenance }: ModelFile,
  stored: StoredType = "F32",
): Uint8Array<ArrayBuffer> {
  const { network, weights } = model;
  const { picture, classes, encoding, nodes, output, likelihood } = network;
  if (picture.palette) checkPalette(picture.palette, picture);
  const text = JSON.stringify({
    formatVersion: versionFor(network, stored === "F16"),
    picture,
    classes,
    encoding,
    likelihood: likelihood?.kind === "mixture" ? likelihood : likelihoodOf(network).kind,
    binarise: preparation.binarise,
    network: { nodes, output },
    provenance,
  });
  parseDescription(text); // What cannot be read must not be written: it may be the only copy.
  const tensors = new Map(
    parametersOf(network).map(({ name, shape }): [string, NamedTensor] => [
      name,
      { stored, shape, values: weights.get(name)! },
    ]),
  );
  return encodeSafetensors({ metadata: { [METADATA_KEY]: text }, tensors });
}
