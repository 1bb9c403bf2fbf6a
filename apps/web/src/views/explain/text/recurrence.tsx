import { Figure } from "../figure.tsx";
import { RecurrenceFigure } from "../lazy-figures.tsx";
import { Section } from "../section.tsx";
import { paperPlace } from "./papers.tsx";

export function RecurrenceText() {
  return (
    <Section id="recurrence">
      <p>
        A window ends somewhere, and every layer moves its edge by a step. A <strong>recurrent cell</strong>{" "}
        has a memory in its place. At each position it reads what its neighbours remembered, keeps a part of
        it, adds something new, and hands the rest on. What it hears has come through all positions before, so
        a single layer reaches as far as the picture goes. Of a cell, <var>c</var> is what it remembers and{" "}
        <var>h</var> what it says:
      </p>
      <math display="block">
        <mi>c</mi>
        <mo>=</mo>
        <mi>keep</mi>
        <mo>·</mo>
        <msub>
          <mi>c</mi>
          <mi>before</mi>
        </msub>
        <mo>+</mo>
        <mi>take</mi>
        <mo>·</mo>
        <mi>new</mi>
      </math>
      <math display="block">
        <mi>h</mi>
        <mo>=</mo>
        <mi>say</mi>
        <mo>·</mo>
        <mi>tanh</mi>
        <mo>(</mo>
        <mi>c</mi>
        <mo>)</mo>
      </math>
      <p>
        Keep, take and say are gates between 0 and 1, worked out of the picture so far and of what the
        neighbours said. Which neighbours these are decides everything else. <strong>Row LSTM</strong> listens
        to three in the row above, so what it knows is a triangle that widens by a column a row, and the blind
        spot stays. <strong>Diagonal BiLSTM</strong> has two sets of cells. One listens above and to the left.
        The other listens above and to the <em>right</em>: it would hear of pixels that are not drawn yet, and
        therefore runs a row late. Together they have heard of everything.
      </p>
      <Figure
        id="figure-recurrence"
        title="How far a pixel in the middle reads"
        caption={
          <>
            Computed from the networks that this project trains, on pictures of 25×25, where the pixel in the
            middle has 312 before it: <code>pixelcnn</code>, <code>row-lstm</code> and{" "}
            <code>diagonal-bilstm</code>. All begin with a masked 7×7 layer. The cells:{" "}
            {paperPlace("pixelRnn", "sections 3.1 and 3.2, and figure 4")}.
          </>
        }
      >
        <RecurrenceFigure />
      </Figure>
      <p>
        The price is order. A layer of convolutions works out all positions of a known picture at once; a cell
        waits for its neighbours, so training goes down row by row, or from corner to corner along the
        diagonals. Drawing loses nothing, for it goes pixel by pixel anyway, and the late cells of a row are
        there before it begins. To this project both are one thing, a cell with taps on itself, and the proof
        of what may be seen follows these taps as it follows any others.
      </p>
    </Section>
  );
}
