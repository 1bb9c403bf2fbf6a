import { Figure } from "../figure.tsx";
import { SequenceFigure } from "../lazy-figures.tsx";
import { Section } from "../section.tsx";
import { paperSection } from "./papers.tsx";

export function SequenceText() {
  return (
    <Section id="sequence">
      <p>
        You know convolutions: each output looks at a small window of its input. Most networks use them to say
        what is in a picture. A PixelCNN uses them to say how <em>probable</em> a picture is, and so it can
        draw new ones.
      </p>
      <p>
        It reads a picture as one reads a page: row by row, each from left to right. This is raster order.
        Call the values in this order <var>x</var>
        <sub>1</sub>, <var>x</var>
        <sub>2</sub>, … <var>x</var>
        <sub>N</sub>. Each is one of a few <em>levels</em>: black or white here, 256 shades in a photograph.
        By the chain rule of probability, the probability of the whole is a product of small questions:
      </p>
      <math display="block">
        <mi>p</mi>
        <mo>(</mo>
        <mi>x</mi>
        <mo>)</mo>
        <mo>=</mo>
        <munderover>
          <mo>∏</mo>
          <mrow>
            <mi>i</mi>
            <mo>=</mo>
            <mn>1</mn>
          </mrow>
          <mi>N</mi>
        </munderover>
        <mi>p</mi>
        <mo>(</mo>
        <msub>
          <mi>x</mi>
          <mi>i</mi>
        </msub>
        <mo>|</mo>
        <msub>
          <mi>x</mi>
          <mn>1</mn>
        </msub>
        <mo>,</mo>
        <mo>…</mo>
        <mo>,</mo>
        <msub>
          <mi>x</mi>
          <mrow>
            <mi>i</mi>
            <mo>−</mo>
            <mn>1</mn>
          </mrow>
        </msub>
        <mo>)</mo>
      </math>
      <p>
        Read the bar as “given”. Nothing is approximated here. Every question is of one kind: given everything
        above, and everything to the left, how probable is each value of the next pixel? A model that answers
        such questions is called <em>autoregressive</em>.
      </p>
      <Figure
        id="figure-sequence"
        title="A digit, and the line of values that it is"
        caption={
          <>
            A model of handwritten digits, black or white, drew this one just now. The strip is the same
            picture in raster order. Nats, a measure of surprise, are explained further down. Equation:{" "}
            {paperSection("pixelRnn", "2.1")}.
          </>
        }
      >
        <SequenceFigure />
      </Figure>
      <p>
        To <strong>draw</strong>, ask for the first pixel, throw a die that has the answer’s probabilities,
        write the result down, and go on with the second. To <strong>learn</strong>, no die is needed. The
        picture is known, so the network answers all N questions in a single pass, and its weights are moved
        to give the true values more probability. That makes training fast. It is also where a network can
        cheat.
      </p>
    </Section>
  );
}
