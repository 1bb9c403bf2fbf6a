// Prints what came of drawing, compressing and training.
import { readFile } from "node:fs/promises";
import { allThree } from "./page/all-three.js";

console.log(JSON.stringify(await allThree(await readFile("page/public/glyphs.safetensors"))));
