/** What keys ask to be done with the selected run. */
import { layout } from "@pixelcnn/runs";
import { extensionOf, resumeWords } from "../runs/extension.ts";
import { selectedRun } from "../runs/run-selection.ts";
import { historyOf } from "../runs/state.ts";
import { MOST_BESIDE } from "../sampling/side-by-side.ts";
import type { Order } from "./keys.ts";
import type { Apply, AppState, Updated } from "./state.ts";

type RunOrder = Extract<
  Order["type"],
  | "stop-training"
  | "resume-training"
  | "draw-with-run"
  | "draw-beside"
  | "compare-configs"
  | "show-noise"
  | "rename-run"
  | "remove-run"
>;

export function followRunOrder(state: AppState, order: RunOrder, apply: Apply): Updated {
  const run = selectedRun(state.runs);
  if (run === null) return just({ ...state, message: withoutRun(state.runs) });
  const { name, directory, standing } = run;
  switch (order) {
    case "stop-training": {
      if (standing !== "training") return just({ ...state, message: `${name} is not being trained` });
      const effect = { type: "stop-training", directory, run: name } as const;
      return just({
        ...state,
        overlay: { type: "confirm", question: `Stop the training of ${name}?`, effect },
      });
    }
    case "resume-training": {
      const extension = standing === "finished" ? extensionOf(run) : null;
      if (extension !== null) return just({ ...state, overlay: { type: "extend", extension, text: "" } });
      if (standing !== "stopped" && standing !== "broken off") {
        return just({ ...state, message: `${name} is ${standing}: nothing to go on with` });
      }
      return goingOn(state, name, resumeWords(directory));
    }
    case "draw-beside":
    case "draw-with-run":
      if (!run.hasModel) {
        const when = standing === "training" ? " yet: it comes with the first checkpoint" : "";
        return just({ ...state, message: `${name} has no model to draw with${when}` });
      }
      if (order === "draw-beside" && state.beside.length === MOST_BESIDE)
        return just({ ...state, message: `${MOST_BESIDE + 1} models are the most; B drops one` });
      return apply(
        { ...state, view: "sample" },
        { type: order === "draw-beside" ? "add-beside" : "open-model", path: layout.model(directory) },
      );
    case "compare-configs": {
      const other = state.runs.marked.find((marked) => marked !== name);
      if (other === undefined) return just({ ...state, message: "mark another run with space first" });
      return just({ ...state, overlay: { type: "difference", left: name, right: other, top: 0 } });
    }
    case "show-noise": {
      const files = historyOf(state.runs, name).samples.map(({ file }) => file);
      if (files.length === 0) return just({ ...state, message: `${name} has no samples` });
      const overlay = { type: "noise", run: name, picture: 0 } as const;
      return { state: { ...state, overlay }, effects: [{ type: "read-noise", run: name, directory, files }] };
    }
    case "rename-run":
      return just({ ...state, overlay: { type: "rename", run: name, text: name } });
    case "remove-run":
      return { state, effects: [{ type: "remove-run", run: name }] };
    default:
      return order satisfies never;
  }
}

function withoutRun({ list, selected }: AppState["runs"]): string {
  if (list === null) return "the runs are still being read";
  return selected === null ? "there is no run; t starts one" : `${selected} is not there yet`;
}

export function goingOn(state: AppState, run: string, words: readonly string[]): Updated {
  const effect = { type: "start-training", words, run } as const;
  return { state: { ...state, message: `going on with ${run}` }, effects: [effect] };
}

function just(state: AppState): Updated {
  return { state, effects: [] };
}
