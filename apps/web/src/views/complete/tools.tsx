"use client";
import { Choice } from "../../components/controls/choice.tsx";
import { Slider } from "../../components/controls/slider.tsx";
import { InkColour } from "./ink-colour.tsx";
import type { Tool } from "./use-tool.ts";
import { SIZES, TOOLS } from "./use-tool.ts";

interface ToolsProps {
  readonly tool: Tool;
  readonly onTool: (tool: Tool) => void;
  readonly levels: number;
  readonly channels: number;
}

/** What the pointer draws with. */
export function Tools({ tool, onTool, levels, channels }: ToolsProps) {
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
      {channels === 1 && levels > 2 && (
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
