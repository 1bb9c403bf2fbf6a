// What is taken of @tensorflow/tfjs-node: its kernels, and the backend that they run on. Its own door would look for the binding to TensorFlow in the
// package's folder, and load a downloader. A package is built with all of this in one file (see package.json).
require("@tensorflow/tfjs-node/dist/register_all_kernels");
const { NodeJSKernelBackend } = require("@tensorflow/tfjs-node/dist/nodejs_kernel_backend");

exports.NodeJSKernelBackend = NodeJSKernelBackend;
