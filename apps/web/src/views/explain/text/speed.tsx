import { Figure } from "../figure.tsx";
import { RaceFigure } from "../lazy-figures.tsx";
import { Section } from "../section.tsx";

export function SpeedText() {
  return (
    <Section id="speed">
      <p>
        Learning asks all questions at once. Drawing cannot: the second pixel’s question contains the first
        one’s answer. The simple way runs the whole network for pixel one, again for pixel two, and so on. For
        a digit of 784 pixels that is 784 passes, and each computes guesses for 783 pixels that nobody wants
        now.
      </p>
      <p>
        Nearly all of that work repeats itself. When a pixel is added, nothing that was computed for earlier
        positions changes, for they may not depend on it. That is causality once more, this time as a gift. So
        keep every value that later windows will still reach, and compute only those of the new position. Each
        is then computed <em>once</em>, and a whole picture costs as much arithmetic as a single pass.
      </p>
      <Figure
        id="figure-race"
        title="A race on your device"
        caption={
          <>
            Both lanes run the same plain code in a worker each, without a GPU, on a model of 16×16 generated
            digits. The gallery’s own samplers are faster still. The cache: Ramachandran et al. 2017,{" "}
            <a href="https://arxiv.org/abs/1704.06001">1704.06001</a>, section 2.
          </>
        }
      >
        <RaceFigure />
      </Figure>
      <p>
        Random numbers belong to a place here, not to a moment: pixel 100 of a picture always gets the same
        one. So both lanes must draw the same picture, and the figure checks that they do.
      </p>
    </Section>
  );
}
