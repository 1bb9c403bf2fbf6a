import { allThree } from "./all-three.js";
import { fetchModel } from "./model.js";

const worker = new Worker(new URL("./worker.js", import.meta.url), { type: "module" });
const fromWorker = new Promise((resolve, reject) => {
  worker.onmessage = ({ data }) => resolve(data);
  worker.onerror = reject;
});
window.computed = Promise.all([fetchModel().then(allThree), fromWorker]);
