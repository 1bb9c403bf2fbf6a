// The surface of TensorFlow's package for Node, computed in JavaScript. STUB_TENSORFLOW says how it behaves: "gpu" (all is
// well), "cpu" (it found no GPU), "throws" (a library is missing), "wrong" (matrix products are 0).
const util = require("node:util");
const tf = require("@tensorflow/tfjs");
const { MathBackendCPU } = require("@tensorflow/tfjs-backend-cpu");

const behaviour = process.env.STUB_TENSORFLOW;

exports.NodeJSKernelBackend = class extends MathBackendCPU {
  constructor(binding) {
    super();
    this.isUsingGpuDevice = binding.isUsingGpuDevice();
  }
};

for (const kernel of tf.getKernelsForBackend("cpu")) {
  const kernelFunc = (call) => {
    // As the real ones do in front of most operations, through functions that Node 23 has removed.
    if (util.isNullOrUndefined(call.inputs) || util.isArray(call.inputs)) throw new Error("inputs");
    const result = kernel.kernelFunc(call);
    if (behaviour === "wrong" && kernel.kernelName === "BatchMatMul")
      call.backend.data.get(result.dataId).values.fill(0);
    return result;
  };
  tf.registerKernel({ ...kernel, backendName: "tensorflow", kernelFunc });
}
