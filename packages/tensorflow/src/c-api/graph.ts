/** A TensorFlow graph in the making. Shapes and types are checked by TensorFlow as every operation is added. */
import type { ElementType } from "@pixelcnn/core/computation";
import koffi from "koffi";
import { elementTypes } from "./element-type.ts";
import type { Address, Library, NativeOutput } from "./library.ts";
import { outputList, wideIntegers } from "./lists.ts";
import type { NativeTensor } from "./native-tensor.ts";

/** What an operation is told beside its inputs. */
export type Attribute =
  | { readonly type: ElementType }
  | { readonly integer: number }
  | { readonly integers: readonly number[] }
  | { readonly truth: boolean }
  | { readonly text: string }
  | { readonly shape: readonly number[] }
  | { readonly tensor: NativeTensor };

/** An input, or a list of them where the operation takes any number. */
export type Input = NativeOutput | readonly NativeOutput[];

export class Graph {
  readonly address: Address;
  #count = 0;

  /** @param address of a graph that TensorFlow has made; without it, a new one. */
  constructor(
    readonly library: Library,
    address?: Address,
  ) {
    this.address = address ?? library.call("TF_NewGraph");
  }

  /**
   * Adds an operation, which is run when all of `after` have been. @returns its address; its outputs are numbered from 0
   * @throws {TensorflowError} when it is not known, or the inputs or attributes do not fit
   */
  add(
    type: string,
    inputs: readonly Input[],
    attributes: Readonly<Record<string, Attribute>> = {},
    after: readonly Address[] = [],
  ): Address {
    const description = this.library.call("TF_NewOperation", this.address, type, `${type}_${this.#count++}`);
    for (const input of inputs) {
      if ("operation" in input) this.library.call("TF_AddInput", description, input);
      else {
        const list = outputList(input);
        this.library.call("TF_AddInputList", description, koffi.address(list), input.length);
      }
    }
    for (const operation of after) this.library.call("TF_AddControlInput", description, operation);
    for (const [name, attribute] of Object.entries(attributes)) this.#set(description, name, attribute);
    return this.library.check("TF_FinishOperation", description);
  }

  /** Frees it; sessions that run it go first. */
  dispose(): void {
    this.library.call("TF_DeleteGraph", this.address);
  }

  #set(description: Address, name: string, attribute: Attribute): void {
    const { library } = this;
    if ("type" in attribute)
      library.call("TF_SetAttrType", description, name, elementTypes[attribute.type].code);
    else if ("integer" in attribute) library.call("TF_SetAttrInt", description, name, attribute.integer);
    else if ("integers" in attribute) {
      const list = wideIntegers(attribute.integers);
      library.call("TF_SetAttrIntList", description, name, koffi.address(list), attribute.integers.length);
    } else if ("truth" in attribute)
      library.call("TF_SetAttrBool", description, name, attribute.truth ? 1 : 0);
    else if ("text" in attribute) {
      const bytes = Buffer.from(attribute.text);
      library.call("TF_SetAttrString", description, name, bytes, bytes.length);
    } else if ("shape" in attribute) {
      const list = wideIntegers(attribute.shape);
      library.call("TF_SetAttrShape", description, name, koffi.address(list), attribute.shape.length);
    } else library.check("TF_SetAttrTensor", description, name, attribute.tensor.address);
  }
}
