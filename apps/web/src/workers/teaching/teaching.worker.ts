import { expose } from "comlink";
import { TeachingEngine } from "./teaching-engine.ts";

expose(new TeachingEngine());
