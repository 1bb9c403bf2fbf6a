"""Seconds a picture of PyTorch's naive loop on a GPU: python3 pytorch_sampling.py <file> <batch>. A whole pass for every value."""

import json
import os
import sys
import time

import torch

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "interop", "pytorch"))
from pixelcnn import PixelCNN  # noqa: E402

path, batch = sys.argv[1], int(sys.argv[2])
if not torch.cuda.is_available():
    print(json.dumps({"missing": "PyTorch %s finds no GPU" % torch.__version__}))
    sys.exit()
device = torch.device("cuda")
model = PixelCNN.load(path).eval().to(device)
picture = model.description["picture"]
channels, height, width = picture["channels"], picture["height"], picture["width"]
labels = torch.zeros(batch, dtype=torch.long, device=device)


@torch.no_grad()
def draw(values):
    levels = torch.zeros(batch, channels, height, width, dtype=torch.long, device=device)
    for value in range(values):
        y, x, c = value // (width * channels), value // channels % width, value % channels
        logits = model(levels, labels)[:, c, :, y, x]
        if logits.shape[1] == 1:
            levels[:, c, y, x] = torch.bernoulli(torch.sigmoid(logits[:, 0])).long()
        else:
            levels[:, c, y, x] = torch.multinomial(torch.softmax(logits, 1), 1)[:, 0]
    torch.cuda.synchronize()


draw(8)
# Every value takes the same time: some of them, scaled.
values = min(channels * height * width, 200)
started = time.perf_counter()
draw(values)
seconds = time.perf_counter() - started
total = channels * height * width
print(json.dumps({"version": torch.__version__, "secondsPerPicture": seconds / values * total / batch}))
