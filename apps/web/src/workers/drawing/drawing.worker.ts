import { expose } from "comlink";
import { DrawingEngine } from "./drawing-engine.ts";

expose(new DrawingEngine());
