import { expose } from "comlink";
import { RaceLane } from "./race-lane.ts";

expose(RaceLane);
