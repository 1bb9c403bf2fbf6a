/**
 * Every wheel that a set-up fetches, in columns: name, version, tag of its platform, bytes, bytes of what stays of it unpacked, SHA-256. All are of Linux
 * on x64; where it has a compiled module of Python, which nobody runs, it is CPython 3.12's.
 */
import type { Wheel } from "./wheel.ts";

/** What of TensorFlow is not its Python: two libraries, and the headers that the binding to them includes. */
const tensorflowParts = [
  "tensorflow/libtensorflow_cc.so.2",
  "tensorflow/libtensorflow_framework.so.2",
  "tensorflow/include/tensorflow/c/",
  "tensorflow/include/tensorflow/core/platform/ctstring",
  "tensorflow/include/tsl/platform/ctstring",
  "tensorflow/include/xla/tsl/c/",
  "tensorflow/include/LICENSE",
  "tensorflow/THIRD_PARTY_NOTICES.txt",
];

/** XLA's processor client as a PJRT plugin. The XLA project publishes none by itself; this package is that client alone, of jaxlib 0.11.2's XLA. */
export const xlaProcessor = onLinux(`
  lammps-jax-pjrt-cpu      0.11.2     manylinux_2_27_x86_64    62_711_338   201_887_744 1319390d948b39f69f7dade496b7c385149d9ca6097a6b62114da113216d9ad1
`);

/** TensorFlow for the processor. */
export const tensorflowForProcessor = onLinux(`
  tensorflow-cpu           2.21.0     manylinux_2_27_x86_64   274_000_871   855_212_032 dcc8afd32930e42d5296b6ee19078b773706830af4ea97fbe503b9f5e0f820cb
`);

/** NVIDIA's libraries that TensorFlow names (`tensorflow[and-cuda]`) and that jaxlib names (`jax-cuda12-plugin[with-cuda]`), as CUDA 12.9 has them. */
const cuda12 = `
  nvidia-cublas-cu12       12.9.1.4   manylinux_2_27_x86_64   581_242_350   855_797_760 453611eb21a7c1f2c2156ed9f3a45b691deda0440ec550860290dc901af5b4c2
  nvidia-cuda-cupti-cu12   12.9.79    manylinux_2_25_x86_64    10_814_997    44_699_648 096bcf334f13e1984ba36685ad4c1d6347db214de03dbb6eebb237b41d9d934f
  nvidia-cuda-nvcc-cu12    12.9.86    manylinux2010_x86_64     40_546_229    99_028_992 5d6a0d32fdc7ea39917c20065614ae93add6f577d840233237ff08e9a38f58f0
  nvidia-cuda-runtime-cu12 12.9.79    manylinux2014_x86_64      3_493_179     9_830_400 25bba2dfb01d48a9b59ca474a1ac43c6ebf7011f1b0b8cc44f54eb6ac48a96c3
  nvidia-cudnn-cu12        9.20.0.48  manylinux_2_27_x86_64   657_910_570   997_195_776 7d7479e1321c7a039b33827f0247791ee1be091759032c1f66a287c4a643396a
  nvidia-cufft-cu12        11.4.1.4   manylinux2014_x86_64    200_877_592   293_752_832 c67884f2a7d276b4b80eb56a79322a95df592ae5e765cf1243693365ccab4e28
  nvidia-cusolver-cu12     11.7.5.82  manylinux_2_27_x86_64   338_117_415   495_333_376 15da72d1340d29b5b3cf3fd100e3cd53421dde36002eda6ed93811af63c40d88
  nvidia-cusparse-cu12     12.5.10.65 manylinux2014_x86_64    366_465_088   486_940_672 73060ce019ac064a057267c585bf1fd5a353734151f87472ff02b2c5c9984e78
  nvidia-nccl-cu12         2.28.9     manylinux_2_18_x86_64   296_782_137   401_227_776 485776daa8447da5da39681af455aa3b2c2586ddcf4af8772495e7c532c7e5ab
  nvidia-nvjitlink-cu12    12.9.86    manylinux2010_x86_64     39_748_338    96_034_816 e3f1171dbdc83c5932a45f0f4c99180a70de9bd2718c1ab77d14104f6d7147f9
  nvidia-cuda-nvrtc-cu12   12.9.86    manylinux2010_x86_64     89_568_129   227_475_456 210cf05005a447e29214e9ce50851e83fc5f4358df8b453155d5e1918094dcb4
`;

/** TensorFlow for NVIDIA's GPUs, with the libraries that it computes with. */
export const tensorflowForGpu = onLinux(`
  tensorflow               2.21.0     manylinux_2_27_x86_64   572_611_111 1_260_929_024 b3b95643c4e70eb925839938fb35cbe142f317ec84af6844ee61513713bb13c0
  nvidia-curand-cu12       10.3.10.19 manylinux_2_27_x86_64    68_295_626   169_177_088 49b274db4780d421bd2ccd362e1415c13887c53c214f0d4b761752b8f9f6aa1e
${cuda12}`);

/** XLA's CUDA plugin, of the same XLA, by the CUDA of the driver. Its own wheel names none of the libraries that it computes with. */
export const xlaCuda = {
  12: onLinux(`
  jax-cuda12-pjrt          0.11.2     manylinux_2_27_x86_64   188_235_313   497_565_696 2133b3afc63307c016ae4980f166b2b3de199759363ead74f7d550eaae953463
  nvidia-nvshmem-cu12      3.4.5      manylinux2014_x86_64    139_103_095   204_308_480 042f2500f24c021db8a06c5eec2539027d57460e1c1a762055a6554f72c369bd
${cuda12}`),
  13: onLinux(`
  jax-cuda13-pjrt          0.11.2     manylinux_2_27_x86_64   134_162_640   411_512_832 e5ff589d43064913bb74027682d89639c7ea48f9f81c2bae6fc75117e913f93e
  nvidia-cublas            13.1.0.3   manylinux_2_27_x86_64   423_133_236   597_172_224 ee8722c1f0145ab246bccb9e452153b5e0515fd094c3678df50b2a0888b8b171
  nvidia-cuda-cupti        13.0.85    manylinux_2_25_x86_64    10_715_597    45_326_336 4eb01c08e859bf924d222250d2e8f8b8ff6d3db4721288cf35d14252a4d933c8
  nvidia-cuda-nvcc         13.0.88    manylinux2014_x86_64     37_384_532   116_404_224 56fe502eb77625a12f25172caa3cdddb4e4c8ba2c8c17dba44b164761b380f03
  nvidia-cuda-runtime      13.0.96    manylinux2014_x86_64      2_243_632     7_454_720 7f82250d7782aa23b6cfe765ecc7db554bd3c2870c43f3d1821f1d18aebf0548
  nvidia-cudnn-cu13        9.20.0.48  manylinux_2_27_x86_64   366_173_588   493_875_200 0c45dd8eeb50b603f07995b1b300c62ffe6a1980482b82b3bcf94a4ca9d49304
  nvidia-cufft             12.0.0.61  manylinux2014_x86_64    214_085_489   287_678_464 6c44f692dce8fd5ffd3e3df134b6cdb9c2f72d99cf40b62c32dde45eea9ddad3
  nvidia-cusolver          12.0.4.66  manylinux_2_27_x86_64   200_941_980   245_465_088 0a759da5dea5c0ea10fd307de75cdeb59e7ea4fcb8add0924859b944babf1112
  nvidia-cusparse          12.6.3.3   manylinux2014_x86_64    145_942_937   162_947_072 2b3c89c88d01ee0e477cb7f82ef60a11a4bcd57b6b87c33f789350b59759360b
  nvidia-nccl-cu13         2.28.9     manylinux_2_18_x86_64   196_493_177   218_427_392 e4553a30f34195f3fa1da02a6da3d6337d28f2003943aa0a3d247bbc25fefc42
  nvidia-nvjitlink         13.0.88    manylinux2010_x86_64     40_713_933    98_906_112 13a74f429e23b921c1109976abefacc69835f2f433ebd323d3946e11d804e47b
  nvidia-cuda-nvrtc        13.0.88    manylinux2010_x86_64     90_215_200   228_040_704 ad9b6d2ead2435f11cbb6868809d2adeeee302e9bb94bcf0539c7a40d80e8575
  nvidia-nvshmem-cu13      3.4.5      manylinux2014_x86_64     60_412_546    80_941_056 290f0a2ee94c9f3687a02502f3b9299a9f9fe826e6d0287ee18482e78d495b80
  nvidia-nvvm              13.0.88    manylinux2010_x86_64     61_601_415   140_087_296 c5f41ffeb6466944a026dfa5317d7d85355c119bbec279205d22f1869d1054e0
`),
} as const;

/** Wheels by a table; none on another machine. */
function onLinux(table: string): readonly Wheel[] {
  if (process.platform !== "linux" || process.arch !== "x64") return [];
  const rows = table.trim().split(/\n+/);
  return rows.map((row) => {
    const [name, version, platform, bytes, unpackedBytes, sha256] = row.trim().split(/ +/) as Row;
    const number = (text: string) => Number(text.replaceAll("_", ""));
    const wheel = {
      name,
      version,
      platform,
      sha256,
      bytes: number(bytes),
      unpackedBytes: number(unpackedBytes),
    };
    return name.startsWith("tensorflow") ? { ...wheel, keep: tensorflowParts } : wheel;
  });
}

type Row = [
  name: string,
  version: string,
  platform: string,
  bytes: string,
  unpackedBytes: string,
  sha256: string,
];
