"""PyTorch's training step of a model file: pytorch_training.py <eager|compiled> <model file> <levels file> <threads>."""

import os
import sys

import torch

import rounds

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "..", "interop", "pytorch"))
from pixelcnn import PixelCNN  # noqa: E402

mode, path, levels_path, threads = sys.argv[1:]
torch.set_num_threads(int(threads))
model = PixelCNN.load(path).train()
parameters = [weight for weight in model.parameters() if weight.requires_grad]
averages = [weight.detach().clone() for weight in parameters]
array = rounds.read_levels(levels_path, model.description["picture"])
levels = torch.from_numpy(array).permute(0, 3, 1, 2).contiguous()
labels = torch.zeros(rounds.BATCH, dtype=torch.long)
betas = (rounds.BETA1, rounds.BETA2)
optimiser = torch.optim.Adam(parameters, rounds.RATE, betas, rounds.EPSILON, fused=True)
steps = 0


def loss_of(levels, labels):
    return model.nats(levels, labels).mean()


loss_function = torch.compile(loss_of) if mode == "compiled" else loss_of


def train():
    global steps
    steps += 1
    optimiser.zero_grad()
    loss = loss_function(levels, labels)
    (loss / levels[0].numel()).backward()
    torch.nn.utils.clip_grad_norm_(parameters, rounds.CLIP)
    optimiser.step()
    torch._foreach_lerp_(averages, [weight.detach() for weight in parameters], rounds.average_share(steps))
    return loss.item()


left, right = (torch.rand(rounds.PRODUCT_SIZE, rounds.PRODUCT_SIZE) for _ in range(2))
rounds.take_part(f"PyTorch {torch.__version__}, {mode}", mode == "compiled", train, lambda: left @ right)
