import { Figure } from "../figure.tsx";
import { HiddenFigure } from "../lazy-figures.tsx";
import { Section } from "../section.tsx";

export function HiddenText() {
  return (
    <Section id="hidden">
      <p>
        Would it be safer to hide the centre in <em>every</em> layer? It would be causal; no check fails. But
        with mask A each layer steps back by at least one pixel in reading order, and a path through eight
        layers has eight steps. To the left it ends at the eighth pixel at the nearest. In the row above, one
        step goes up and the other seven still go left, so it ends at least four pixels to the left. The guess
        knows the distance, and not its neighbours.
      </p>
      <Figure
        id="figure-hidden"
        title="Two models, alike but for the mask of their later layers"
        caption={
          <>
            Both are eight layers of 7×7 kernels, trained in the same way on 40,000 handwritten digits, and
            both draw from the same random numbers. Nats are the mean surprise of a test picture, measured
            once; the lower, the better. Pictures, reach and ink are computed here.
          </>
        }
      >
        <HiddenFigure />
      </Figure>
      <p>
        The model on mask A alone still finds where a digit lies and about how much of it is white. What it
        cannot know is whether the pixel next door has just become white. So strokes fall to dust. The centre
        is hidden <em>first</em>, because there it is the answer; and only once, because afterwards it is what
        the network knows of the nearest pixels.
      </p>
    </Section>
  );
}
