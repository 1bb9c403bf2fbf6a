"""Logits of pictures, and the model written back: python3 logits.py <model> <levels> <labels> <logits out> <model out>.

levels: a file of bytes [B, H, W, C]; labels: B numbers with commas between; logits out: float32 [B, H, W, C, K] ([B, H, W, numbers] of a mixture). With
`--scale x` the weights are multiplied by x first, so that what is written back is not what was read; with `--nats-out file` the nats of every
picture are written too: float32 [B].
"""

import argparse

import numpy as np
import torch

from pixelcnn import PixelCNN

parser = argparse.ArgumentParser()
for name in ("model", "levels", "labels", "logits_out", "model_out"):
    parser.add_argument(name)
parser.add_argument("--scale", type=float, default=1)
parser.add_argument("--nats-out")
options = parser.parse_args()

model = PixelCNN.load(options.model).eval()
labels = torch.tensor([int(label) for label in options.labels.split(",")])
picture = model.description["picture"]
shape = (len(labels), picture["height"], picture["width"], picture["channels"])
levels = torch.from_numpy(np.fromfile(options.levels, np.uint8).reshape(shape)).permute(0, 3, 1, 2)
with torch.no_grad():
    for weight in model.parameters():
        weight.mul_(options.scale)
    logits = model(levels, labels)  # [B, C, K, H, W] or [B, numbers, H, W]
    nats = model.nats_by(logits, levels)
logits.movedim((-2, -1), (1, 2)).contiguous().numpy().astype("<f4").tofile(options.logits_out)
if options.nats_out:
    nats.numpy().astype("<f4").tofile(options.nats_out)
model.save(options.model_out)
