import results from "../../../../../../models/results.json" with { type: "json" };
import { Figure } from "../figure.tsx";
import { MixtureFigure } from "../lazy-figures.tsx";
import { Section } from "../section.tsx";

const { cifar10: softmax, "cifar10-local": mixture } = results;

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
        This site has two models of the photographs of CIFAR-10, with nearly as many weights. The one with{" "}
        {softmax.weights.toLocaleString("en")} has a softmax, and needs {softmax.test.bitsPerDim.toFixed(2)}{" "}
        bits/dim on the test pictures; the one with {mixture.weights.toLocaleString("en")} has a mixture of
        ten humps, and needs {mixture.test.bitsPerDim.toFixed(2)}. The humps are not the only reason: the
        second looks at near pixels only, which say most, and it was shown more pictures.
      </p>
    </Section>
  );
}
