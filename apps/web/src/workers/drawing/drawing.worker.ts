import { expose } from "comlink";
import "../kernel-files.ts";
import { DrawingEngine } from "./drawing-engine.ts";

expose(new DrawingEngine());
