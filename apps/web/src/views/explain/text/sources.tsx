import { Section } from "../section.tsx";

export function SourcesText() {
  return (
    <Section id="sources">
      <ul>
        <li>
          A. van den Oord, N. Kalchbrenner, K. Kavukcuoglu,{" "}
          <a href="https://arxiv.org/abs/1601.06759">Pixel Recurrent Neural Networks</a>, 2016: the
          factorisation, masks A and B, the order of colours, Row LSTM and Diagonal BiLSTM, 81.30 nats.
        </li>
        <li>
          A. van den Oord et al.,{" "}
          <a href="https://arxiv.org/abs/1606.05328">Conditional Image Generation with PixelCNN Decoders</a>,
          2016: the blind spot and the two stacks, the gate, classes.
        </li>
        <li>
          T. Salimans et al., <a href="https://arxiv.org/abs/1701.05517">PixelCNN++</a>, 2017: mixtures of
          rounded humps.
        </li>
        <li>
          X. Chen, N. Mishra, M. Rohaninejad, P. Abbeel,{" "}
          <a href="https://arxiv.org/abs/1712.09763">PixelSNAIL</a>, 2018: causal attention between blocks of
          convolutions.
        </li>
        <li>
          P. Ramachandran et al.,{" "}
          <a href="https://arxiv.org/abs/1704.06001">
            Fast Generation for Convolutional Autoregressive Models
          </a>
          , 2017: the cache.
        </li>
      </ul>
    </Section>
  );
}
