"use client";
import type { PictureShape } from "@pixelcnn/core";
import { Choice } from "../../components/controls/choice.tsx";
import { Slider } from "../../components/controls/slider.tsx";
import { inBrowser } from "../../components/page/in-browser.tsx";
import type { Tool } from "./use-tool.ts";
import { SIZES, TOOLS } from "./use-tool.ts";

/** Of models of colours only. */
const InkColour = inBrowser(() => import("./ink-colour.tsx").then(({ InkColour }) => InkColour));
const Swatches = inBrowser(() => import("./swatches.tsx").then(({ Swatches }) => Swatches));

interface ToolsProps {
  readonly tool: Tool;
  readonly onTool: (tool: Tool) => void;
  readonly picture: Pick<PictureShape, "levels" | "channels" | "palette">;
}

/** What the pointer draws with. */
export function Tools({ tool, onTool, picture: { levels, channels, palette } }: ToolsProps) {
  const top = levels - 1;
  return (
    <>
      <Choice label="Tool" value={tool.kind} options={TOOLS} onChange={(kind) => onTool({ ...tool, kind })} />
      <Choice
        label="Brush"
        value={tool.size}
        options={SIZES}
        onChange={(size) => onTool({ ...tool, size })}
      />
      {channels === 3 && (
        <InkColour levels={levels} ink={tool.ink} onInk={(ink) => onTool({ ...tool, ink })} />
      )}
      {palette && (
        <Swatches
          palette={palette}
          level={Math.min(tool.ink[0]!, top)}
          onLevel={(level) => onTool({ ...tool, ink: [level, level, level] })}
        />
      )}
      {channels === 1 && levels > 2 && !palette && (
        <Slider
          label="Ink"
          value={Math.min(tool.ink[0]!, top)}
          minimum={1}
          maximum={top}
          step={1}
          onChange={(level) => onTool({ ...tool, ink: [level, level, level] })}
          describe={(level) => `level ${level} of ${top}`}
        />
      )}
    </>
  );
}
