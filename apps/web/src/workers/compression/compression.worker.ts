import { expose } from "comlink";
import "../kernel-files.ts";
import { CompressionEngine } from "./compression-engine.ts";

expose(new CompressionEngine());
