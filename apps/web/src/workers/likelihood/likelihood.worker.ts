import { expose } from "comlink";
import "../kernel-files.ts";
import { LikelihoodEngine } from "./likelihood-engine.ts";

expose(new LikelihoodEngine());
