// Stands in for the compiled binding.
if (process.env.STUB_TENSORFLOW === "throws") {
  throw new Error("libtensorflow_cc.so.2: cannot open shared object file\nRequire stack:\n- index.cjs");
}
exports.isUsingGpuDevice = () => process.env.STUB_TENSORFLOW === "gpu";
// TensorFlow reads its settings when it is loaded.
exports.allowGrowth = process.env.TF_FORCE_GPU_ALLOW_GROWTH;
