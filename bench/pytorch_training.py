"""Images a second of a PyTorch training step of a model file: python3 pytorch_training.py <file> <threads> <batch> <seconds>."""

import json
import os
import sys
import time

import torch

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "interop", "pytorch"))
from pixelcnn import PixelCNN  # noqa: E402

path, threads, batch, seconds = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), float(sys.argv[4])
torch.set_num_threads(threads)
model = PixelCNN.load(path).train()
picture = model.description["picture"]
shape = (batch, picture["channels"], picture["height"], picture["width"])
levels = torch.randint(0, picture["levels"], shape)
labels = torch.zeros(batch, dtype=torch.long)
optimiser = torch.optim.Adam(model.parameters(), 1e-3)


def step():
    optimiser.zero_grad()
    (model.nats(levels, labels).mean() / levels[0].numel()).backward()
    torch.nn.utils.clip_grad_norm_(model.parameters(), 1)
    optimiser.step()


step()
times, end = [], time.perf_counter() + seconds
while time.perf_counter() < end or not times:
    started = time.perf_counter()
    step()
    times.append(time.perf_counter() - started)
print(json.dumps({"version": torch.__version__, "imagesPerSecond": batch / sorted(times)[len(times) // 2]}))
