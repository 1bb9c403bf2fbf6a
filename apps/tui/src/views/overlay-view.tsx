import { Text } from "ink";
import type { AppState, Overlay } from "../app/state.ts";
import type { Area } from "../sampling/grid.ts";
import { modelSize } from "../sampling/model-size.ts";
import { samplers } from "../sampling/samplers.ts";
import { textStyleFor } from "../terminal/capabilities.ts";
import { ChoiceList } from "./choice-list.tsx";
import { ConfigDifferenceView } from "./config-difference.tsx";
import { NoiseHistoryView } from "./noise-history.tsx";
import { Prompt } from "./prompt.tsx";
import { TopRowsEditor } from "./top-rows-editor.tsx";
import { TrainingFormView } from "./training-form.tsx";

export interface OverlayViewProps {
  readonly overlay: Overlay;
  readonly state: AppState;
  readonly area: Area;
}

const questions = {
  seed: "Seed (a whole number)",
  picture: "Picture file whose top half is completed (PNG, JPEG, ...)",
} as const;

/** What lies over a view. */
export function OverlayView({ overlay, state, area }: OverlayViewProps) {
  switch (overlay.type) {
    case "help":
      return null; // takes the whole frame
    case "query":
      return null; // is a line of the view
    case "rename":
      return <Prompt question={`New name of ${overlay.run}`} text={overlay.text} />;
    case "noise":
      return <NoiseHistoryView {...{ overlay, state, area }} />;
    case "difference": {
      const run = (name: string) => state.runs.list?.find((one) => one.name === name);
      const [left, right] = [run(overlay.left), run(overlay.right)];
      if (left === undefined || right === undefined) return <Text dimColor>one of them is gone</Text>;
      return <ConfigDifferenceView left={left} right={right} top={overlay.top} area={area} />;
    }
    case "prompt":
      return <Prompt question={questions[overlay.asks]} text={overlay.text} />;
    case "extend": {
      const { run, unit, done } = overlay.extension;
      return (
        <Prompt
          question={`${run} is finished after ${done.toLocaleString("en")} ${unit}; how many more ${unit}`}
          text={overlay.text}
        />
      );
    }
    case "models":
      if (overlay.list === null) return <Text dimColor>looking for models …</Text>;
      return (
        <ChoiceList
          title="Models"
          choices={overlay.list.map(({ name, bytes }) => [name, modelSize(bytes)] as const)}
          at={overlay.at}
          area={area}
        />
      );
    case "samplers":
      return (
        <ChoiceList
          title="Samplers: they all draw the same pictures"
          choices={samplers.map(({ name, about }) => [name, about] as const)}
          at={overlay.at}
          area={area}
        />
      );
    case "top-rows": {
      const { capabilities, sample } = state;
      return (
        <TopRowsEditor
          top={overlay.top}
          area={area}
          style={textStyleFor(sample.style, capabilities)}
          capabilities={capabilities}
        />
      );
    }
    case "form":
      return <TrainingFormView form={overlay.form} />;
    case "confirm":
      return (
        <Text>
          <Text bold>{overlay.question}</Text> y yes · n no
        </Text>
      );
    default:
      return overlay satisfies never;
  }
}
