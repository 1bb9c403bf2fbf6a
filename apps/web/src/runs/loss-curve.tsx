"use client";
/** Training and test loss over steps, with the scrubbed step marked. The numbers stand in a table for who cannot see it. */
import { useEffect, useRef } from "react";
import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import type { RunHistory } from "./run-history.ts";
import styles from "./runs.module.css";

interface LossCurveProps {
  readonly history: RunHistory;
  /** Step of the sheet that is shown; null for none. */
  readonly markedStep: number | null;
  readonly label: string;
}

const HEIGHT = 220;

export function LossCurve({ history, markedStep, label }: LossCurveProps) {
  const place = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | null>(null);
  const latest = useRef({ history, markedStep });
  latest.current = { history, markedStep };
  // uPlot wants something to find a range in.
  const isEmpty = history.steps.length + history.evaluations.length === 0;

  useEffect(() => {
    if (isEmpty) return;
    const element = place.current!;
    const scheme = window.matchMedia("(prefers-color-scheme: dark)");
    const draw = () => {
      plot.current?.destroy();
      const options = optionsFor(element, () => latest.current.markedStep);
      plot.current = new uPlot(options, dataOf(latest.current.history), element);
    };
    draw();
    scheme.addEventListener("change", draw);
    const observer = new ResizeObserver(() =>
      plot.current?.setSize({ width: element.clientWidth, height: HEIGHT }),
    );
    observer.observe(element);
    return () => {
      scheme.removeEventListener("change", draw);
      observer.disconnect();
      plot.current?.destroy();
      plot.current = null;
    };
  }, [isEmpty]);
  useEffect(() => plot.current?.setData(dataOf(history)), [history]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the mark is read from its ref when the plot is drawn.
  useEffect(() => plot.current?.redraw(false), [markedStep]);

  return (
    <figure className={styles.curve}>
      <div ref={place} className={styles.plot} role="img" aria-label={label} />
    </figure>
  );
}

/** Steps and evaluations on one axis; a series has null where it tells nothing. */
function dataOf({ steps, evaluations }: RunHistory): uPlot.AlignedData {
  const training: uPlot.AlignedData = [steps.map(({ step }) => step), steps.map(({ nats }) => nats)];
  const test: uPlot.AlignedData = [
    evaluations.map(({ step }) => step),
    evaluations.map(({ testNats }) => testNats),
  ];
  return uPlot.join([training, test]);
}

function optionsFor(element: HTMLElement, markedStep: () => number | null): uPlot.Options {
  const style = getComputedStyle(element);
  const colour = (name: string) => style.getPropertyValue(name).trim();
  const resolved = { ink: style.color, line: style.borderTopColor, accent: style.outlineColor };
  const axis = {
    stroke: resolved.ink,
    font: `14px ${colour("font-family") || style.fontFamily}`,
    grid: { stroke: resolved.line, width: 1 },
    ticks: { show: false },
  };
  return {
    width: element.clientWidth,
    height: HEIGHT,
    legend: { show: false },
    cursor: { show: false },
    scales: { x: { time: false } },
    series: [
      {},
      { stroke: resolved.ink, width: 1, spanGaps: true, points: { show: false } },
      {
        stroke: resolved.accent,
        width: 2,
        spanGaps: true,
        points: { show: true, size: 7, fill: resolved.accent },
      },
    ],
    axes: [axis, { ...axis, size: 56 }],
    hooks: {
      draw: [
        ({ ctx, bbox, valToPos }) => {
          const step = markedStep();
          if (step === null) return;
          const x = Math.round(valToPos(step, "x", true));
          ctx.fillStyle = resolved.accent;
          ctx.fillRect(x - 1, bbox.top, 2, bbox.height);
        },
      ],
    },
  };
}
