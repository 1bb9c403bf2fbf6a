import results from "../../../../../../models/results.json" with { type: "json" };
import { Figure } from "../figure.tsx";
import { ClassesFigure } from "../lazy-figures.tsx";
import { Section } from "../section.tsx";
import { paperPlace } from "./papers.tsx";

const { agreement, classifier, images } = results.glyphs.classAgreement;

export function ClassesText() {
  return (
    <Section id="classes">
      <p>
        Gates are also where a wish comes in. To draw a seven, the network must be told, and it must have been
        told while it learned. So every digit of the training pictures comes with its name, a <em>class</em>.
        In each block, each class has its own two numbers for each channel, learned like all others, and they
        are added before the gate:
      </p>
      <math display="block">
        <mi>y</mi>
        <mo>=</mo>
        <mi>tanh</mi>
        <mo>(</mo>
        <mi>f</mi>
        <mo>+</mo>
        <msub>
          <mi>a</mi>
          <mi>class</mi>
        </msub>
        <mo>)</mo>
        <mo>·</mo>
        <mi>σ</mi>
        <mo>(</mo>
        <mi>g</mi>
        <mo>+</mo>
        <msub>
          <mi>b</mi>
          <mi>class</mi>
        </msub>
        <mo>)</mo>
      </math>
      <p>
        The same everywhere on the picture: they say what is to be drawn, and never where. Where a stroke goes
        is left to the pixels that are there already.
      </p>
      <Figure
        id="figure-classes"
        title="Other wishes, the same noise"
        caption={
          <>
            Drawn here by the model glyphs. Each place has its own random numbers, which stay the same
            whatever is wished for. Class as a bias before the gate:{" "}
            {paperPlace("gated", "section 2, equation 4")}.
          </>
        }
      >
        <ClassesFigure />
      </Figure>
      <p>
        Does it listen? Of {images.toLocaleString("en")} pictures that this model drew, another network named{" "}
        {percent(agreement)} as the digit that was asked for. That other network is no perfect judge: of real
        test pictures it names {percent(classifier.accuracy)} rightly.
      </p>
    </Section>
  );
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)}%`;
}
