import { Figure } from "../figure.tsx";
import { BlindSpotFigure } from "../lazy-figures.tsx";
import { Section } from "../section.tsx";
import { paperPlace } from "./papers.tsx";

export function BlindSpotText() {
  return (
    <Section id="blind-spot">
      <p>
        Stacked masked windows are causal, but they miss something. From layer to layer, a guess can reach
        further up and further left. It can reach to the right only while it goes up, a little with each row.
        So pixels just above and far to the right were drawn long ago, and no path leads there. However many
        layers there are, this <em>blind spot</em> remains.
      </p>
      <p>
        The gated PixelCNN removes it with two stacks. The <strong>vertical stack</strong> reads only rows
        above. All of a row above is earlier, so its window needs no cut on the right, and it grows as a full
        rectangle. The <strong>horizontal stack</strong> reads to the left in its own row, and in every block
        it also takes in what the vertical stack knows. Never the other way round: the vertical stack looks to
        the right, and would carry what it heard to pixels that must not know it.
      </p>
      <Figure
        id="figure-blind-spot"
        title="What three networks read"
        caption={
          <>
            Computed from the networks that this project trains. A blind spot is counted within the rows and
            columns that a network reaches. Two stacks:{" "}
            {paperPlace("gated", "section 2, on the blind spot, and figure 1")}.
          </>
        }
      >
        <BlindSpotFigure />
      </Figure>
    </Section>
  );
}
