"use client";
/**
 * The figures, made in the browser only: what they show depends on the address and the device. All in one chunk of its own, since
 * every one of them brings core's networks.
 */
import dynamic from "next/dynamic";

const figures = () => import("./figures/index.ts");

export const SequenceFigure = dynamic(() => figures().then(({ SequenceFigure }) => SequenceFigure), {
  ssr: false,
});
export const KernelFigure = dynamic(() => figures().then(({ KernelFigure }) => KernelFigure), { ssr: false });
export const HiddenFigure = dynamic(() => figures().then(({ HiddenFigure }) => HiddenFigure), { ssr: false });
export const ColourFigure = dynamic(() => figures().then(({ ColourFigure }) => ColourFigure), { ssr: false });
export const BlindSpotFigure = dynamic(() => figures().then(({ BlindSpotFigure }) => BlindSpotFigure), {
  ssr: false,
});
export const SoftmaxFigure = dynamic(() => figures().then(({ SoftmaxFigure }) => SoftmaxFigure), {
  ssr: false,
});
export const LikelihoodFigure = dynamic(() => figures().then(({ LikelihoodFigure }) => LikelihoodFigure), {
  ssr: false,
});
export const RaceFigure = dynamic(() => figures().then(({ RaceFigure }) => RaceFigure), { ssr: false });
