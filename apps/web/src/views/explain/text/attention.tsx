import Link from "next/link";
import { Figure } from "../figure.tsx";
import { AttentionFigure } from "../lazy-figures.tsx";
import { Section } from "../section.tsx";

export function AttentionText() {
  return (
    <Section id="attention">
      <p>
        A window reads what is near, and each layer adds a little to its reach. What is far is heard of
        through many hands. But pictures repeat themselves: the right half of a face resembles the left, and
        one end of a stroke the other. <strong>Attention</strong> asks every earlier position at once, however
        far it is, and takes most from those that fit.
      </p>
      <p>
        Each position makes three lists of numbers. Its <em>query</em> says what it looks for, its{" "}
        <em>key</em> what it has to offer, and its <em>value</em> what it would hand over. The better a key
        fits a query, the more of its value is taken:
      </p>
      <math display="block">
        <mi>y</mi>
        <mo>=</mo>
        <munder>
          <mo>∑</mo>
          <mrow>
            <mi>q</mi>
            <mo>&lt;</mo>
            <mi>p</mi>
          </mrow>
        </munder>
        <msub>
          <mi>w</mi>
          <mi>q</mi>
        </msub>
        <msub>
          <mi>value</mi>
          <mi>q</mi>
        </msub>
      </math>
      <math display="block">
        <mi>w</mi>
        <mo>=</mo>
        <mi>softmax</mi>
        <mo>(</mo>
        <mfrac>
          <mrow>
            <msub>
              <mi>query</mi>
              <mi>p</mi>
            </msub>
            <mo>·</mo>
            <msub>
              <mi>key</mi>
              <mi>q</mi>
            </msub>
          </mrow>
          <mrow>
            <mo>√</mo>
            <mi>D</mi>
          </mrow>
        </mfrac>
        <mo>)</mo>
      </math>
      <p>
        Fit is a product, summed over the <var>D</var> numbers of both lists. The mask is in the sum:{" "}
        <var>q</var> comes before <var>p</var>, and neither the position itself nor a later one is ever
        weighed. There is no blind spot either, for nothing before is left out.
      </p>
      <Figure
        id="figure-attention"
        title="Whom one pixel asks"
        caption={
          <>
            A toy: its query and key are the twelve pixels before a position, as they are, and its value is
            the pixel. A network learns what to compare, and how strictly. The thin line is a 7×7 window.
            Attention between blocks of convolutions: Chen et al. 2018,{" "}
            <a href="https://arxiv.org/abs/1712.09763">1712.09763</a>, section 2.2.
          </>
        }
      >
        <AttentionFigure />
      </Figure>
      <p>
        Windows stay, for near pixels say most; attention adds what they cannot reach. This project’s network
        of that kind is its preset <code>snail</code>.{" "}
        <Link href="/inspect/?model=mnist-binary-snail" prefetch={false}>
          Open a model of it in Inspect
        </Link>
        , and it shows where every head looked, with the weights that it learned.
      </p>
    </Section>
  );
}
