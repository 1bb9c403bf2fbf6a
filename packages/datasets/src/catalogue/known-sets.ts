/**
 * The data sets that everybody knows: what their files are called, how long they are, what they hash to, and where they are
 * published. A mirror is believed because of the hash, so plain http does no harm.
 */

/** A file as it is published. */
export interface PublishedFile {
  readonly name: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** How a set's files are read: load-dataset.ts has a loader for each. */
export type SetFormat =
  /** Four idx files, plain or gzipped; `longestBytes` is the longest of them unpacked. */
  | { readonly kind: "idx"; readonly longestBytes: number }
  /** Three text files of 28×28 binary pictures. */
  | { readonly kind: "amat" }
  /** CIFAR-10's binary version. */
  | { readonly kind: "cifar" };

/** A published set: where it is had, how it is read, and what a list says of it. */
export interface KnownSet {
  readonly name: string;
  readonly format: SetFormat;
  /** Names that its folder may have; a download makes the first. */
  readonly folders: readonly [string, ...string[]];
  readonly files: readonly PublishedFile[];
  /** Base addresses, tried in this order. */
  readonly mirrors: readonly string[];
  readonly pictures: string;
  readonly testPictures: number;
  readonly size: string;
  readonly licence: string;
  readonly classNames?: readonly string[];
}

/** Of MNIST and of the sets that are made to replace it: a header and 60,000 pictures of 28×28. */
const mnistFormat: SetFormat = { kind: "idx", longestBytes: 16 + 60_000 * 28 * 28 };

const mnist: KnownSet = {
  name: "mnist",
  format: mnistFormat,
  folders: ["mnist"],
  files: [
    {
      name: "train-images-idx3-ubyte.gz",
      bytes: 9_912_422,
      sha256: "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609",
    },
    {
      name: "train-labels-idx1-ubyte.gz",
      bytes: 28_881,
      sha256: "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c",
    },
    {
      name: "t10k-images-idx3-ubyte.gz",
      bytes: 1_648_877,
      sha256: "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6",
    },
    {
      name: "t10k-labels-idx1-ubyte.gz",
      bytes: 4_542,
      sha256: "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6",
    },
  ],
  mirrors: [
    "https://ossci-datasets.s3.amazonaws.com/mnist/",
    "https://storage.googleapis.com/cvdf-datasets/mnist/",
  ],
  pictures: "60,000 + 10,000",
  testPictures: 10_000,
  size: "28x28 grey",
  licence: "CC BY-SA 3.0",
};

/** H. Larochelle's fixed binarisation. It is published in one place only. */
const binarizedMnist: KnownSet = {
  name: "binarized-mnist",
  format: { kind: "amat" },
  folders: ["binarized_mnist", "binarized-mnist"],
  files: [
    {
      name: "binarized_mnist_train.amat",
      bytes: 78_400_000,
      sha256: "ad693b29f94c14277b095f5238ddefbbdaaae0939789dd2f4f0205278cee3e4d",
    },
    {
      name: "binarized_mnist_valid.amat",
      bytes: 15_680_000,
      sha256: "1de3d397c40fe8eeb33dafd4099a1f665ec01e96d9be234aaeeac8a34930e2e2",
    },
    {
      name: "binarized_mnist_test.amat",
      bytes: 15_680_000,
      sha256: "e6687bfea3f820c174f33b7865140b2a2dd2930ef786f35d45795fc193b5ab2c",
    },
  ],
  mirrors: [
    "https://www.cs.toronto.edu/~larocheh/public/datasets/binarized_mnist/",
    "http://www.cs.toronto.edu/~larocheh/public/datasets/binarized_mnist/",
  ],
  pictures: "50,000 + 10,000 + 10,000",
  testPictures: 10_000,
  size: "28x28 binary",
  licence: "as MNIST",
};

const fashionMnist: KnownSet = {
  name: "fashion-mnist",
  format: mnistFormat,
  folders: ["fashion-mnist"],
  files: [
    {
      name: "train-images-idx3-ubyte.gz",
      bytes: 26_421_880,
      sha256: "3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84",
    },
    {
      name: "train-labels-idx1-ubyte.gz",
      bytes: 29_515,
      sha256: "a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845",
    },
    {
      name: "t10k-images-idx3-ubyte.gz",
      bytes: 4_422_102,
      sha256: "346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073",
    },
    {
      name: "t10k-labels-idx1-ubyte.gz",
      bytes: 5_148,
      sha256: "67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5",
    },
  ],
  mirrors: [
    "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/",
    "https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion/",
  ],
  pictures: "60,000 + 10,000",
  testPictures: 10_000,
  size: "28x28 grey",
  licence: "MIT",
  classNames: [
    "T-shirt/top",
    "trouser",
    "pullover",
    "dress",
    "coat",
    "sandal",
    "shirt",
    "sneaker",
    "bag",
    "ankle boot",
  ],
};

const cifar10: KnownSet = {
  name: "cifar10",
  format: { kind: "cifar" },
  folders: ["cifar10", "cifar-10-batches-bin"],
  files: [
    {
      name: "cifar-10-binary.tar.gz",
      bytes: 170_052_171,
      sha256: "c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd",
    },
  ],
  mirrors: [
    "https://www.cs.toronto.edu/~kriz/",
    "https://storage.googleapis.com/s4tf-hosted-binaries/datasets/CIFAR10/",
  ],
  pictures: "50,000 + 10,000",
  testPictures: 10_000,
  size: "32x32 RGB",
  licence: "cite Krizhevsky 2009",
};

/** All of them. */
export const knownSets = { mnist, binarizedMnist, fashionMnist, cifar10 } as const;

/** By its name; undefined for any other. */
export function knownSet(name: string): KnownSet | undefined {
  return Object.values(knownSets).find((set) => set.name === name);
}
