/** MathML elements of the article's equations, which React knows and its types do not. */
import type { HTMLAttributes } from "react";

interface MathAttributes extends HTMLAttributes<MathMLElement> {
  readonly display?: "block" | "inline";
}

declare module "react" {
  namespace JSX {
    interface IntrinsicElements {
      math: MathAttributes;
      mfrac: MathAttributes;
      mi: MathAttributes;
      mn: MathAttributes;
      mo: MathAttributes;
      mrow: MathAttributes;
      msub: MathAttributes;
      msup: MathAttributes;
      mtext: MathAttributes;
      munder: MathAttributes;
      munderover: MathAttributes;
    }
  }
}
