import { dirname, join } from "node:path";

const binding = process.env.PIXELCNN_TENSORFLOW;

/** TensorFlow's own library, beside the binding that `PIXELCNN_TENSORFLOW` names. */
export const libraryPath = binding ? join(dirname(binding), "libtensorflow_cc.so.2") : "";

if (!libraryPath)
  process.stderr.write("no PIXELCNN_TENSORFLOW: the tests that need TensorFlow are skipped\n");
