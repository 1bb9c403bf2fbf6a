"""Seconds a picture of a loop of PyTorch's on a GPU: python3 pytorch_sampling.py <file> <batch> [naive|cached] [processor].

naive: a whole pass for every value. cached: every activation once, see pytorch_cached.py. With `processor`, a processor will do where there is no GPU.
"""

import json
import os
import sys
import time

import torch

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "interop", "pytorch"))
from pixelcnn import PixelCNN  # noqa: E402
from pytorch_cached import CachedPass  # noqa: E402

SECONDS = 5
path, batch = sys.argv[1], int(sys.argv[2])
loop = sys.argv[3] if len(sys.argv) > 3 else "naive"
if not torch.cuda.is_available() and sys.argv[4:] != ["processor"]:
    print(json.dumps({"missing": "PyTorch %s finds no GPU" % torch.__version__}))
    sys.exit()
device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
model = PixelCNN.load(path).eval().to(device)
picture = model.description["picture"]
channels, height, width = picture["channels"], picture["height"], picture["width"]
labels = torch.zeros(batch, dtype=torch.long, device=device)


def choose(logits):
    """Levels of logits [B, K]."""
    if logits.shape[1] == 1:
        return torch.bernoulli(torch.sigmoid(logits[:, 0])).long()
    return torch.multinomial(torch.softmax(logits, 1), 1)[:, 0]


def synchronize():
    if device.type == "cuda":
        torch.cuda.synchronize()


def draw_naively(values):
    levels = torch.zeros(batch, channels, height, width, dtype=torch.long, device=device)
    for value in range(values):
        y, x, c = value // (width * channels), value // channels % width, value % channels
        levels[:, c, y, x] = choose(model(levels, labels)[:, c, :, y, x])
    synchronize()


def draw_cached(rows):
    CachedPass(model, batch, labels).draw(choose, rows)
    synchronize()


def seconds_of(draw, most):
    """Seconds of one value or row. Each takes the same time: some of them, as many as SECONDS allow."""
    times = []
    for amount in (1, 2):  # the first compiles
        started = time.perf_counter()
        draw(amount)
        times.append((time.perf_counter() - started) / amount)
    amount = max(1, min(most, int(SECONDS / times[-1])))
    started = time.perf_counter()
    draw(amount)
    return (time.perf_counter() - started) / amount


with torch.no_grad():
    if loop == "naive":
        values = channels * height * width
        seconds = values * seconds_of(draw_naively, min(values, 200))
    else:
        CachedPass(model, batch, labels).check(choose, 2)
        seconds = height * seconds_of(draw_cached, min(height, 8))
print(json.dumps({"version": torch.__version__, "secondsPerPicture": seconds / batch}))
