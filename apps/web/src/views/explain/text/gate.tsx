import { Figure } from "../figure.tsx";
import { GateFigure } from "../lazy-figures.tsx";
import { Section } from "../section.tsx";
import { paperPlace } from "./papers.tsx";

export function GateText() {
  return (
    <Section id="gate">
      <p>
        What does a layer do with what its window has read? The first PixelCNN only cut off what was negative.
        The gated one computes two numbers for each of its channels. One says <em>what</em> was found, from −1
        to 1. The other says <em>how much of it</em> goes on, from nothing to all:
      </p>
      <math display="block">
        <mi>y</mi>
        <mo>=</mo>
        <mi>tanh</mi>
        <mo>(</mo>
        <mi>f</mi>
        <mo>)</mo>
        <mo>·</mo>
        <mi>σ</mi>
        <mo>(</mo>
        <mi>g</mi>
        <mo>)</mo>
      </math>
      <p>
        Both come from the same window, by weights of their own. So a channel may find the end of a stroke
        and, in the light of everything else, keep it to itself. A product can say “this, but only if that”,
        which a sum can not.
      </p>
      <Figure
        id="figure-gate"
        title="One channel behind its gate"
        caption={
          <>
            σ is the logistic function, 1 / (1 + e<sup>−g</sup>). However much was found, nothing passes a
            gate that is shut. Equation: {paperPlace("gated", "section 2, equation 2")}.
          </>
        }
      >
        <GateFigure />
      </Figure>
    </Section>
  );
}
