import { expose } from "comlink";
import { CompressionEngine } from "./compression-engine.ts";

expose(new CompressionEngine());
