export default {
  root: "page",
  worker: { format: "es" },
  build: { target: "es2022", outDir: "../dist", emptyOutDir: true },
};
