import { Figure } from "../figure.tsx";
import { LikelihoodFigure, SoftmaxFigure } from "../lazy-figures.tsx";
import { Section } from "../section.tsx";
import { paperPlace, paperSection } from "./papers.tsx";

export function BitsText() {
  return (
    <Section id="bits">
      <p>
        For every pixel, the network gives one number a level, its <em>logits</em>. The softmax makes them
        positive, and makes their sum one:
      </p>
      <math display="block">
        <msub>
          <mi>p</mi>
          <mi>k</mi>
        </msub>
        <mo>=</mo>
        <mfrac>
          <msup>
            <mi>e</mi>
            <msub>
              <mi>l</mi>
              <mi>k</mi>
            </msub>
          </msup>
          <mrow>
            <munder>
              <mo>∑</mo>
              <mi>j</mi>
            </munder>
            <msup>
              <mi>e</mi>
              <msub>
                <mi>l</mi>
                <mi>j</mi>
              </msub>
            </msup>
          </mrow>
        </mfrac>
      </math>
      <p>
        How good was a guess? Take the probability <var>p</var> that it gave to the value that really came.
        Its <em>surprise</em> is −log <var>p</var>: nothing if <var>p</var> was 1, and the more, the smaller{" "}
        <var>p</var> was. With the logarithm to base 2 it is in <strong>bits</strong>: a fair coin is one bit.
        With the natural logarithm it is in <strong>nats</strong>; one nat is 1.443 bits.
      </p>
      <Figure
        id="figure-softmax"
        title="One value of four levels"
        caption={
          <>
            The random number picks a level: levels are laid end to end, each as long as its probability. A
            temperature divides the logits first: below 1 the favourites win more often. Softmax over levels:{" "}
            {paperSection("pixelRnn", "2.2")}.
          </>
        }
      >
        <SoftmaxFigure />
      </Figure>
      <p>
        Probabilities multiply, so surprises add. The surprise of a picture is the sum over its pixels. Its
        mean over test pictures, which the model never saw, is the score. Lower is better, and it is the same
        number that training makes smaller.
      </p>
      <p>
        Now <strong>81 nats</strong> can be read. The first PixelCNN scored 81.30 on handwritten digits of
        28×28 pixels, each black or white. 81 nats are 117 bits, and there are 784 pixels: 0.149 bits per
        pixel. A coin for every pixel would be 784 bits, or 543 nats. A model that knows only how often each
        pixel is white needs 206. Put differently, e<sup>−81/784</sup> = 0.90: on (geometric) average the
        model had given the true pixel 90%. Most of them are black and easy; nearly all the surprise lies on
        the edges of strokes. One more way to say it: a compressor that uses such a model would store a digit
        in about 15 bytes instead of 98.
      </p>
      <Figure
        id="figure-likelihood"
        title="The same noise, better and better models"
        caption={
          <>
            Means over the 10,000 test pictures of binarised MNIST (Larochelle’s fixed binarisation); “mean p”
            is the geometric mean of the probability that the true pixel got. All but the last were measured
            with this project’s own code; the last is from {paperPlace("pixelRnn", "table 4")}. The rows are
            drawn now, from equal random numbers.
          </>
        }
      >
        <LikelihoodFigure />
      </Figure>
      <p>
        Pictures differ in size, so papers on colour pictures divide by the number of values:{" "}
        <em>bits/dim</em>, bits for each dimension, is the surprise in bits divided by height × width ×
        channels. Numbers can be compared only on the same data, made in the same way.
      </p>
    </Section>
  );
}
