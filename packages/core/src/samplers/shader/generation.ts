/** What the parts of a program are written with, and what a row's part is. */
import type { Plan } from "../../lowering/index.ts";
import type { Network } from "../../network/graph.ts";
import type { Addresses } from "./addresses.ts";
import type { Memory } from "./memory.ts";
import type { OperationText } from "./operation-text.ts";
import type { Packer } from "./pack-weights.ts";

/** What an operation is written with. */
export interface Generator {
  readonly network: Network;
  readonly plan: Plan;
  readonly memory: Memory;
  readonly packer: Packer;
  /** Where the constants hold the encoded value of level 0. */
  readonly encoded: number;
  /** Where the constants hold the table of an embedding, by the position of its instruction. */
  readonly tables: ReadonlyMap<number, number>;
  readonly text: OperationText;
  readonly addresses: Addresses;
}

/** What an operation at a position is written with. */
export interface PositionGenerator extends Generator {
  /** Invocations of the workgroup. */
  readonly invocations: number;
  readonly stagedFloats: number;
}

/** What an invocation does for its item. */
export interface RowProgram {
  readonly items: number;
  readonly code: string;
}
