import { draw } from "./draw.js";

postMessage(await draw());
