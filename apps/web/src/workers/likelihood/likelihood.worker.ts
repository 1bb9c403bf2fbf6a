import { expose } from "comlink";
import { LikelihoodEngine } from "./likelihood-engine.ts";

expose(new LikelihoodEngine());
