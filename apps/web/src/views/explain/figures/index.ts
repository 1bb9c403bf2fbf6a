/** All figures of the article. */
export { AttentionFigure } from "./attention-figure.tsx";
export { BlindSpotFigure } from "./blind-spot-figure.tsx";
export { ClassesFigure } from "./classes-figure.tsx";
export { ColourFigure } from "./colour-figure.tsx";
export { GateFigure } from "./gate-figure.tsx";
export { HiddenFigure } from "./hidden-figure.tsx";
export { KernelFigure } from "./kernel-figure.tsx";
export { LikelihoodFigure } from "./likelihood-figure.tsx";
export { MixtureFigure } from "./mixture-figure.tsx";
export { RaceFigure } from "./race-figure.tsx";
export { RecurrenceFigure } from "./recurrence-figure.tsx";
export { SequenceFigure } from "./sequence-figure.tsx";
export { SoftmaxFigure } from "./softmax-figure.tsx";
