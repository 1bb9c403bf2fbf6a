import { Argument } from "commander";

/** Words that a shell may offer for a value, or the names of models, which are looked for when somebody wants them. */
export type Offers = readonly string[] | "models";

/** An argument, and what a shell may offer for it. The command alone judges a value. */
export class OfferedArgument extends Argument {
  /** @param isOpen whether it may be the path of a file as well. */
  constructor(
    name: string,
    description: string,
    readonly offers: Offers,
    readonly isOpen: boolean,
  ) {
    super(name, description);
  }
}
