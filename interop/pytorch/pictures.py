"""Pictures from files, as a model takes them.

    pictures, labels = read_pictures(["train-images-idx3-ubyte.gz"])     # uint8 [N, H, W, C], int64 [N] or None
    levels = to_levels(pictures, description)                            # int64 [N, C, H, W]

Files are told apart by their names, gzipped or not:

    *.npz                `pictures` [N, H, W, C] bytes, or all of them 0 and 1, perhaps `labels` [N]
    *idx3-ubyte*         MNIST and its kin; labels come from the *idx1-ubyte* file beside it, where there is one
    *.bin                CIFAR-10: a label and 3 × 32 × 32 bytes a picture
    *.amat               one picture of 0s and 1s a line, as binarised MNIST is published; square

Pixels of 0 and 1 are read as black and white, 0 and 255, so that they stay what they are however a model makes levels.
"""

import gzip
import os

import numpy as np
import torch


def read_pictures(paths):
    """Pictures of all files, one after another."""
    parts = [_read(path) for path in paths]
    pictures = np.concatenate([pictures for pictures, _ in parts])
    if any(labels is None for _, labels in parts):
        return pictures, None
    return pictures, np.concatenate([labels for _, labels in parts]).astype(np.int64)


def to_levels(pictures, description):
    """Levels of stored pixels, as docs/model-format.md says. Dynamic binarisation draws anew with every call."""
    values = torch.from_numpy(np.ascontiguousarray(pictures.transpose(0, 3, 1, 2)))
    levels, binarise = description["picture"]["levels"], description["binarise"]
    if binarise == "dynamic":
        return (torch.rand(values.shape) < values / 255).long()
    return torch.div(values.long() * levels, 256, rounding_mode="floor")


def _read(path):
    name = os.path.basename(path)
    if name.endswith(".npz"):
        archive = np.load(path)
        pictures = archive["pictures"]
        return pictures * 255 if pictures.max() <= 1 else pictures, archive["labels"] if "labels" in archive else None
    if "idx3-ubyte" in name:
        labels = os.path.join(os.path.dirname(path), name.replace("images", "labels").replace("idx3", "idx1"))
        return _read_idx(path)[..., None], _read_idx(labels) if os.path.exists(labels) else None
    if name.endswith(".bin"):
        rows = np.frombuffer(_bytes(path), np.uint8).reshape(-1, 1 + 3 * 32 * 32)
        return rows[:, 1:].reshape(-1, 3, 32, 32).transpose(0, 2, 3, 1), rows[:, 0]
    if ".amat" in name:
        lines = _bytes(path).split(b"\n")
        rows = np.array([np.frombuffer(b"".join(line.split()), np.uint8) - ord("0") for line in lines if line.strip()])
        side = int(rows.shape[1] ** 0.5)
        return rows.reshape(-1, side, side, 1) * 255, None
    raise SystemExit(f"{path}: expected .npz, idx3-ubyte, .bin (CIFAR-10) or .amat, got another name")


def _read_idx(path):
    """Bytes of an idx file in the shape that its header gives."""
    content = _bytes(path)
    rank = content[3]
    shape = np.frombuffer(content, ">u4", rank, 4)
    return np.frombuffer(content, np.uint8, offset=4 + 4 * rank).reshape(shape)


def _bytes(path):
    with (gzip.open if path.endswith(".gz") else open)(path, "rb") as file:
        return file.read()
