"use client";
/** The figures, each a chunk of its own and made in the browser only: what they show depends on the address and the device. */
import dynamic from "next/dynamic";

export const SequenceFigure = dynamic(
  () => import("./figures/sequence-figure.tsx").then(({ SequenceFigure }) => SequenceFigure),
  { ssr: false },
);

export const KernelFigure = dynamic(
  () => import("./figures/kernel-figure.tsx").then(({ KernelFigure }) => KernelFigure),
  { ssr: false },
);

export const HiddenFigure = dynamic(
  () => import("./figures/hidden-figure.tsx").then(({ HiddenFigure }) => HiddenFigure),
  { ssr: false },
);

export const ColourFigure = dynamic(
  () => import("./figures/colour-figure.tsx").then(({ ColourFigure }) => ColourFigure),
  { ssr: false },
);

export const BlindSpotFigure = dynamic(
  () => import("./figures/blind-spot-figure.tsx").then(({ BlindSpotFigure }) => BlindSpotFigure),
  { ssr: false },
);

export const SoftmaxFigure = dynamic(
  () => import("./figures/softmax-figure.tsx").then(({ SoftmaxFigure }) => SoftmaxFigure),
  { ssr: false },
);

export const LikelihoodFigure = dynamic(
  () => import("./figures/likelihood-figure.tsx").then(({ LikelihoodFigure }) => LikelihoodFigure),
  { ssr: false },
);

export const RaceFigure = dynamic(
  () => import("./figures/race-figure.tsx").then(({ RaceFigure }) => RaceFigure),
  { ssr: false },
);
