import { allThree } from "./all-three.js";
import { fetchModel } from "./model.js";

postMessage(await allThree(await fetchModel()));
