/** Learning curves as a PNG: drawn by a chart library in the browser of the tests, which brings its own fonts. */
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { launchChromium } from "@pixelcnn/software-gpu";
import type { Outcome } from "./train-contender.ts";

const { resolve } = createRequire(import.meta.url);
const SIZE = { width: 900, height: 420 } as const;
/** Of Okabe & Ito's palette, which colour-blind readers can tell apart. */
const COLOURS = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#000000"] as const;
/** The first part of a curve is far above the rest, and would be all that is seen. */
const SKIPPED = 0.05;

/** @param by what the horizontal axis counts. */
export async function drawCurves(outcomes: readonly Outcome[], by: "pictures" | "minutes"): Promise<Buffer> {
  const shown = outcomes.map(({ contender, curve }) => ({
    name: contender.name,
    points: curve.slice(Math.ceil(curve.length * SKIPPED)),
  }));
  const xs = [...new Set(shown.flatMap(({ points }) => points.map((point) => point[by])))].sort(
    (a, b) => a - b,
  );
  const data = [
    xs,
    ...shown.map(({ points }) => {
      const known = new Map(points.map((point) => [point[by], point.nats]));
      return xs.map((x) => known.get(x) ?? null);
    }),
  ];
  const series = [
    { label: by },
    ...shown.map(({ name }, index) => ({
      label: name,
      stroke: COLOURS[index % COLOURS.length],
      width: 2,
      spanGaps: true,
      points: { show: false },
    })),
  ];
  const axes = [
    { label: by === "pictures" ? "pictures seen" : "minutes" },
    { label: "nats per picture, training", size: 70 },
  ];
  const options = { ...SIZE, scales: { x: { time: false } }, series, axes, legend: { live: false } };
  const browser = await launchChromium({});
  try {
    const page = await browser.newPage({ deviceScaleFactor: 2, locale: "en-US" });
    await page.setContent('<body style="margin:16px;background:#fff;font:14px sans-serif"><main></main>');
    await page.addStyleTag({ content: await readFile(resolve("uplot/dist/uPlot.min.css"), "utf8") });
    await page.addScriptTag({ content: await readFile(resolve("uplot/dist/uPlot.iife.min.js"), "utf8") });
    await page.evaluate(
      `new uPlot(${JSON.stringify(options)}, ${JSON.stringify(data)}, document.querySelector("main"))`,
    );
    return await page.locator(".uplot").screenshot();
  } finally {
    await browser.close();
  }
}
