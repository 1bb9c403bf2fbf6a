/** The whole app as data. */

import { type DevicesAction, type DevicesState, initialDevices } from "../devices/state.ts";
import type { Graphics } from "../graphics/ask.ts";
import type { Extension } from "../runs/extension.ts";
import type { RunsAction, RunsState } from "../runs/state.ts";
import { initialRuns } from "../runs/state.ts";
import type { TrainingForm } from "../runs/training-form.ts";
import type { ListedModel } from "../sampling/list-models.ts";
import type { Known } from "../sampling/messages.ts";
import { initialSample, type SampleAction, type SampleState } from "../sampling/state.ts";
import { type Capabilities, stylesOf } from "../terminal/capabilities.ts";
import type { TopRows } from "./top-rows.ts";

export interface WindowSize {
  readonly columns: number;
  readonly rows: number;
}

/** What lies over a view and takes the keys; null when nothing does. */
export type Overlay =
  | { readonly type: "help"; readonly text: string; readonly top: number }
  | { readonly type: "prompt"; readonly asks: "seed" | "picture"; readonly text: string }
  /** Typed while the runs are looked at; `before` is what held until then. */
  | {
      readonly type: "query";
      readonly asks: "search" | "filter";
      readonly text: string;
      readonly before: Pick<RunsState, "selected" | "filter" | "search" | "scrub">;
    }
  | { readonly type: "rename"; readonly run: string; readonly text: string }
  /** What became of one noise, the picture of that number in every sheet. */
  | { readonly type: "noise"; readonly run: string; readonly picture: number }
  | { readonly type: "difference"; readonly left: string; readonly right: string; readonly top: number }
  | { readonly type: "extend"; readonly extension: Extension; readonly text: string }
  | {
      readonly type: "models";
      readonly list: readonly ListedModel[] | null;
      readonly at: number;
      readonly isBeside: boolean;
    }
  | { readonly type: "samplers"; readonly at: number }
  | { readonly type: "top-rows"; readonly top: TopRows }
  | { readonly type: "form"; readonly form: TrainingForm }
  | { readonly type: "confirm"; readonly question: string; readonly effect: Effect };

/** In the order in which tab goes through them. */
export const views = ["sample", "runs", "devices"] as const;
export type View = (typeof views)[number];

export interface AppState {
  readonly view: View;
  readonly overlay: Overlay | null;
  readonly size: WindowSize;
  readonly capabilities: Capabilities;
  /** One line about what just happened; gone with the next key. */
  readonly message: string;
  readonly sample: SampleState;
  /** Further models that draw from the same noise. */
  readonly beside: readonly SampleState[];
  readonly runs: RunsState;
  readonly devices: DevicesState;
  /** First line of the devices that is shown. */
  readonly devicesTop: number;
  /** Data sets that a training can be started on. */
  readonly datasets: readonly string[];
  readonly runsRoot: string;
}

/** What the app does beyond its state. */
export type Effect =
  | { readonly type: "quit" }
  /** Stop as other processes do for Ctrl-Z, until the shell says to go on. */
  | { readonly type: "suspend" }
  | { readonly type: "save-png" }
  | { readonly type: "draw-seed" }
  | { readonly type: "list-models" }
  | { readonly type: "list-datasets" }
  | { readonly type: "read-picture"; readonly path: string; readonly rows: number }
  | { readonly type: "start-training"; readonly words: readonly string[]; readonly run: string }
  | { readonly type: "stop-training"; readonly directory: string; readonly run: string }
  | { readonly type: "try-engines" }
  | {
      readonly type: "read-noise";
      readonly run: string;
      readonly directory: string;
      readonly files: readonly string[];
    }
  | { readonly type: "rename-run"; readonly run: string; readonly to: string }
  | { readonly type: "remove-run"; readonly run: string }
  | { readonly type: "restore-run" };

export type AppAction =
  | SampleAction
  | RunsAction
  | DevicesAction
  /** What the thread of a model beside the first one reports. */
  | { readonly type: "beside"; readonly index: number; readonly action: SampleAction }
  | { readonly type: "add-beside"; readonly path: string }
  | { readonly type: "drop-beside" }
  | { readonly type: "scroll-devices"; readonly by: number }
  | { readonly type: "key"; readonly key: string }
  /** The terminal has answered that it shows real pixels. */
  | { readonly type: "graphics"; readonly graphics: Graphics }
  | { readonly type: "resize"; readonly size: WindowSize }
  | { readonly type: "message"; readonly text: string }
  | { readonly type: "models-listed"; readonly list: readonly ListedModel[] }
  | { readonly type: "datasets-listed"; readonly names: readonly string[] }
  | { readonly type: "picture-read"; readonly known: Known };

export interface Start {
  readonly path: string;
  readonly runsRoot: string;
  readonly size: WindowSize;
  readonly capabilities: Capabilities;
  readonly view: AppState["view"];
}

export function initialState({ path, runsRoot, size, capabilities, view }: Start): AppState {
  return {
    view,
    overlay: null,
    size,
    capabilities,
    message: "",
    runsRoot,
    datasets: ["glyphs", "colour-glyphs"],
    sample: initialSample(path, stylesOf(capabilities)[0]!),
    beside: [],
    runs: initialRuns,
    devices: initialDevices,
    devicesTop: 0,
  };
}

/** What an action makes of a state. */
export interface Updated {
  readonly state: AppState;
  readonly effects: readonly Effect[];
}

/** How an action is carried out, for whoever makes others of one. */
export type Apply = (state: AppState, action: AppAction) => Updated;
