import { Figure } from "../figure.tsx";
import { ColourFigure } from "../lazy-figures.tsx";
import { Section } from "../section.tsx";
import { paperSection } from "./papers.tsx";

export function ColourText() {
  return (
    <Section id="colour">
      <p>
        A colour pixel holds three values, and they need an order too: red, then green, then blue. With{" "}
        <var>x</var>
        <sub>&lt;i</sub> for all earlier pixels:
      </p>
      <math display="block">
        <mi>p</mi>
        <mo>(</mo>
        <mi>R</mi>
        <mo>|</mo>
        {earlier}
        <mo>)</mo>
        <mo>·</mo>
        <mi>p</mi>
        <mo>(</mo>
        <mi>G</mi>
        <mo>|</mo>
        {earlier}
        <mo>,</mo>
        <mi>R</mi>
        <mo>)</mo>
        <mo>·</mo>
        <mi>p</mi>
        <mo>(</mo>
        <mi>B</mi>
        <mo>|</mo>
        {earlier}
        <mo>,</mo>
        <mi>R</mi>
        <mo>,</mo>
        <mi>G</mi>
        <mo>)</mo>
      </math>
      <p>
        The channels of every layer are divided into three groups, one a colour. Only at the centre does the
        order matter. There, mask A lets a group read the groups before it, and mask B also the group itself.
        So the centre is no longer one tap that is there or not, but nine switches.
      </p>
      <Figure
        id="figure-colour"
        title="Who reads whom within a pixel"
        caption={
          <>
            A row of switches for each colour’s group. Equation and order:{" "}
            {paperSection("pixelRnn", "2.1 and 3.4")}.
          </>
        }
      >
        <ColourFigure />
      </Figure>
    </Section>
  );
}

const earlier = (
  <msub>
    <mi>x</mi>
    <mrow>
      <mo>&lt;</mo>
      <mi>i</mi>
    </mrow>
  </msub>
);
