"use client";
/**
 * The figures, made in the browser only: what they show depends on the address and the device. All in one chunk of its own, since
 * every one of them brings core's networks.
 */
import { inBrowser } from "../../components/page/in-browser.tsx";

const figures = () => import("./figures/index.ts");

export const SequenceFigure = inBrowser(() => figures().then(({ SequenceFigure }) => SequenceFigure));
export const KernelFigure = inBrowser(() => figures().then(({ KernelFigure }) => KernelFigure));
export const HiddenFigure = inBrowser(() => figures().then(({ HiddenFigure }) => HiddenFigure));
export const ColourFigure = inBrowser(() => figures().then(({ ColourFigure }) => ColourFigure));
export const BlindSpotFigure = inBrowser(() => figures().then(({ BlindSpotFigure }) => BlindSpotFigure));
export const GateFigure = inBrowser(() => figures().then(({ GateFigure }) => GateFigure));
export const ClassesFigure = inBrowser(() => figures().then(({ ClassesFigure }) => ClassesFigure));
export const MixtureFigure = inBrowser(() => figures().then(({ MixtureFigure }) => MixtureFigure));
export const RecurrenceFigure = inBrowser(() => figures().then(({ RecurrenceFigure }) => RecurrenceFigure));
export const AttentionFigure = inBrowser(() => figures().then(({ AttentionFigure }) => AttentionFigure));
export const SoftmaxFigure = inBrowser(() => figures().then(({ SoftmaxFigure }) => SoftmaxFigure));
export const LikelihoodFigure = inBrowser(() => figures().then(({ LikelihoodFigure }) => LikelihoodFigure));
export const RaceFigure = inBrowser(() => figures().then(({ RaceFigure }) => RaceFigure));
