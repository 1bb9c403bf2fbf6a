"""PyTorch's training step of a model file: pytorch_training.py <eager|compiled> <model file> <levels file> <threads> <float32|tf32> <ahead>.

On a GPU where there is one: who wants the processor hides it.
"""

import os
import sys

import torch

import rounds

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "..", "interop", "pytorch"))
from pixelcnn import PixelCNN  # noqa: E402

mode, path, levels_path, threads, precision, ahead = sys.argv[1:]
device = "cuda" if torch.cuda.is_available() else "cpu"
if precision == "tf32" and device == "cpu":
    sys.exit("PyTorch finds no GPU, and tf32 is one's")
torch.set_num_threads(int(threads))
torch.backends.cuda.matmul.allow_tf32 = torch.backends.cudnn.allow_tf32 = precision == "tf32"
model = PixelCNN.load(path).to(device).train()
parameters = [weight for weight in model.parameters() if weight.requires_grad]
averages = [weight.detach().clone() for weight in parameters]
array = rounds.read_levels(levels_path, model.description["picture"])
batch = len(array)
levels = torch.from_numpy(array).permute(0, 3, 1, 2).contiguous()
labels = torch.zeros(batch, dtype=torch.long, device=device)
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
    loss = loss_function(levels.to(device), labels)
    (loss / levels[0].numel()).backward()
    torch.nn.utils.clip_grad_norm_(parameters, rounds.CLIP)
    optimiser.step()
    torch._foreach_lerp_(averages, [weight.detach() for weight in parameters], rounds.average_share(steps))
    return loss.detach()


left, right = (torch.rand(rounds.PRODUCT_SIZE, rounds.PRODUCT_SIZE, device=device) for _ in range(2))


def multiply():
    product = left @ right
    if device == "cuda":
        torch.cuda.synchronize()
    return product


library = f"PyTorch {torch.__version__}, {mode}"
rounds.take_part(library, mode == "compiled", batch, int(ahead), train, torch.Tensor.item, multiply)
