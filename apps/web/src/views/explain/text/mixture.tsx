import results from "../../../../../../models/results.json" with { type: "json" };
import { Figure } from "../figure.tsx";
import { MixtureFigure } from "../lazy-figures.tsx";
import { Section } from "../section.tsx";

const { "cifar10-local": near, cifar10: wide } = results;

export function MixtureText() {
  return (
    <Section id="mixture">
      <p>
        A digit needs two levels, or four. A photograph has 256 for each colour, and a softmax gives each of
        them a logit of its own. It does not know that 100 lies beside 101: what was learned of one level says
        nothing of the next, and shades that came seldom are learned badly.
      </p>
      <p>
        A <strong>mixture</strong> asks for less. Every value is thought of as a real number that was rounded,
        and that number comes from one of a few humps. A hump has three numbers: where its middle <var>μ</var>{" "}
        is, how broad it is, <var>s</var>, and how often it is the right one, <var>π</var>. The probability of
        a level is what the humps hold between half a step below it and half a step above:
      </p>
      <math display="block">
        <msub>
          <mi>p</mi>
          <mi>k</mi>
        </msub>
        <mo>=</mo>
        <munder>
          <mo>∑</mo>
          <mi>i</mi>
        </munder>
        <msub>
          <mi>π</mi>
          <mi>i</mi>
        </msub>
        <mo>(</mo>
        <mi>σ</mi>
        <mo>(</mo>
        <mfrac>
          <mrow>
            <mi>k</mi>
            <mo>+</mo>
            <mn>½</mn>
            <mo>−</mo>
            <msub>
              <mi>μ</mi>
              <mi>i</mi>
            </msub>
          </mrow>
          <msub>
            <mi>s</mi>
            <mi>i</mi>
          </msub>
        </mfrac>
        <mo>)</mo>
        <mo>−</mo>
        <mi>σ</mi>
        <mo>(</mo>
        <mfrac>
          <mrow>
            <mi>k</mi>
            <mo>−</mo>
            <mn>½</mn>
            <mo>−</mo>
            <msub>
              <mi>μ</mi>
              <mi>i</mi>
            </msub>
          </mrow>
          <msub>
            <mi>s</mi>
            <mi>i</mi>
          </msub>
        </mfrac>
        <mo>)</mo>
        <mo>)</mo>
      </math>
      <Figure
        id="figure-mixture"
        title="All 256 levels from two humps"
        caption={
          <>
            Computed by the code that draws. What lies beyond black counts as black, and what lies beyond
            white as white, so the levels’ probabilities always add up to 1. Salimans et al. 2017,{" "}
            <a href="https://arxiv.org/abs/1701.05517">1701.05517</a>, section 2.1.
          </>
        }
      >
        <MixtureFigure />
      </Figure>
      <p>
        Of photographs, it matters a great deal. Two gated networks of as many weights learned for two and a
        half minutes each: with a softmax, one came to 5.25 bits/dim, with a mixture of ten humps the other to
        4.46. Both models of CIFAR-10 on this site have ten humps. The one with{" "}
        {near.weights.toLocaleString("en")} weights looks at the nearest 24 pixels and needs{" "}
        {near.test.bitsPerDim.toFixed(2)} bits/dim on the test pictures; the one with{" "}
        {wide.weights.toLocaleString("en")} looks at 112 and needs {wide.test.bitsPerDim.toFixed(2)}.
      </p>
    </Section>
  );
}
