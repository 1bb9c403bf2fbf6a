import { Figure } from "../figure.tsx";
import { KernelFigure } from "../lazy-figures.tsx";
import { Section } from "../section.tsx";
import { paperPlace } from "./papers.tsx";

export function MaskText() {
  return (
    <Section id="mask">
      <p>
        While it learns, the whole picture goes in, and a guess for every pixel comes out. A convolution
        window is centred on the very pixel that it is to guess. So the answer lies in the middle of the
        question. A network that sees it has nothing to learn: it copies. Its guesses become perfect, and it
        is useless, for when it draws, the pixel that it would copy is not there yet.
      </p>
      <p>
        So the first layer’s window is cut. It keeps the rows above and the pixels to the left; the centre and
        all that comes after are dropped. This is <strong>mask A</strong>.
      </p>
      <p>
        Later layers do not read the picture. They read what the layer before has made of it, and mask A has
        already kept the pixel itself out of that: the value at the centre is a summary of <em>earlier</em>{" "}
        pixels. To read it is not cheating; it is the best summary there is. So <strong>mask B</strong>, for
        all later layers, keeps the centre and drops only what comes after.
      </p>
      <Figure
        id="figure-kernel"
        title="Kernels, tap by tap"
        caption={
          <>
            Each cell of the two 3×3 kernels is a tap, on or off; × is the centre. The field shows which
            pixels a guess reads through all layers, and the line below it is what the code of this site
            answers before it computes with any network. Then a small model, a weighted sum of just these
            pixels, is fitted to 150 generated digits and tried on 100 others. Masks:{" "}
            {paperPlace("pixelRnn", "section 3.4 and figure 2")}.
          </>
        }
      >
        <KernelFigure />
      </Figure>
      <p>
        Choose “Only B”. The error names the way by which the guess sees its own pixel: through the centre of
        every layer. And look at the guesses: they are the pictures themselves, at almost no nats. A score
        that is too good to be true is how this mistake shows itself in practice.
      </p>
      <p>
        “A first, then B” is a recipe. The rule behind it is:{" "}
        <em>a guess may depend on earlier pixels and on nothing else</em>. It can be checked by following the
        windows from layer to layer, and that is what the code does.
      </p>
    </Section>
  );
}
