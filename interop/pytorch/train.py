"""Trains a model file further, on one machine or many, and writes a model file.

    python3 train.py --model start.safetensors --train train.npz --test test.npz --out trained.safetensors
    torchrun --standalone --nproc_per_node 8 train.py …            # eight GPUs; without GPUs, eight processes
    torchrun --nnodes 4 --nproc_per_node 8 --rdzv_backend c10d --rdzv_endpoint host:29500 train.py …

The network is the file's, whatever it is. Every process takes its share of every batch; gradients are averaged by
DistributedDataParallel, so the weights are the same everywhere. Entries of weights that the graph forbids have their gradients
zeroed, so Adam leaves them at 0 and the file stays valid.
"""

import argparse
import copy
import datetime
import json
import math
import os
import re

import torch
import torch.distributed as dist
from torch.nn.parallel import DistributedDataParallel

from pictures import read_pictures, to_levels
from pixelcnn import PixelCNN


class Loss(torch.nn.Module):
    """Nats a value, mean over the batch: what is minimised. DDP wants it to be a module's forward pass."""

    def __init__(self, model):
        super().__init__()
        self.model = model

    def forward(self, levels, labels):
        return self.model.nats(levels, labels).mean() / levels[0].numel()


def main():
    options = parse()
    distributed = "RANK" in os.environ  # torchrun says so
    cuda = torch.cuda.is_available()
    if distributed:
        dist.init_process_group("nccl" if cuda else "gloo")
    rank, processes = (dist.get_rank(), dist.get_world_size()) if distributed else (0, 1)
    if options.batch_size % processes:
        raise SystemExit(f"--batch-size: expected a multiple of {processes} processes, got {options.batch_size}")
    device = torch.device("cuda", int(os.environ.get("LOCAL_RANK", 0))) if cuda else torch.device("cpu")
    torch.manual_seed(options.seed + rank)  # dropout and dynamic binarisation differ between processes

    model = PixelCNN.load(options.model).to(device).train()
    loss = Loss(model)
    if distributed:
        loss = DistributedDataParallel(loss, device_ids=[device.index] if cuda else None)
    average = copy.deepcopy(model).eval()
    optimiser = torch.optim.Adam(model.parameters(), options.learning_rate, betas=(options.beta1, options.beta2))
    pictures, labels = fitting(options.train, model.description)
    kept = [i for i in range(len(pictures)) if not options.leave_out or (i + 1) % options.leave_out]
    options.steps = steps_of(options, len(kept))

    shown, seen = 0.0, 0
    for step, indices in enumerate(batches(kept, options), 1):
        mine = indices[rank::processes]
        levels = to_levels(pictures[mine], model.description).to(device)
        chosen = None if labels is None else torch.from_numpy(labels[mine]).to(device)
        for group in optimiser.param_groups:
            group["lr"] = learning_rate(step, options)
        optimiser.zero_grad()
        value = loss(levels, chosen)
        value.backward()
        model.mask_gradients()
        torch.nn.utils.clip_grad_norm_(model.parameters(), options.clip_norm)
        optimiser.step()
        update_average(average, model, min(options.average_decay, (1 + step) / (10 + step)))
        shown, seen = shown + value.item() * levels[0].numel(), seen + 1
        if rank == 0 and (step % options.log_every == 0 or step == options.steps):
            print(json.dumps({"step": step, "nats": shown / seen}), flush=True)
            last, shown, seen = shown / seen, 0.0, 0

    if rank == 0:
        test = None if options.test is None else evaluate(average, *fitting(options.test, model.description), device)
        provenance = average.description["provenance"]
        provenance.update(
            dataset=options.dataset or provenance["dataset"],
            command=f"interop/pytorch/train.py on {processes} processes, {options.steps} steps of {options.batch_size}",
            date=datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ"),
            steps=provenance["steps"] + options.steps,
            trainNats=last,
            validation=None,
            test=test,
        )
        average.save(options.out)
        print(json.dumps({"out": options.out, "test": test}), flush=True)
    if distributed:
        dist.destroy_process_group()


def fitting(paths, description):
    """Pictures and labels of files, of the size and the classes that the model has."""
    pictures, labels = read_pictures(paths)
    expected = tuple(description["picture"][side] for side in ("height", "width", "channels"))
    if pictures.shape[1:] != expected:
        raise SystemExit(f"{paths[0]}: expected pictures of {expected} (height, width, channels), got {pictures.shape[1:]}")
    classes = description["classes"]
    if classes == 0:
        return pictures, None
    if labels is None or labels.min() < 0 or labels.max() >= classes:
        raise SystemExit(f"{paths[0]}: expected labels from 0 to {classes - 1}, got {'none' if labels is None else 'others'}")
    return pictures, labels


def batches(kept, options):
    """Indices of every step's batch, the same in all processes: shuffled epochs, end to end."""
    generator = torch.Generator().manual_seed(options.seed)
    kept, order = torch.tensor(kept), torch.empty(0, dtype=torch.long)
    for _ in range(options.steps):
        while len(order) < options.batch_size:
            order = torch.cat([order, kept[torch.randperm(len(kept), generator=generator)]])
        yield order[: options.batch_size].numpy()
        order = order[options.batch_size :]


# Share of the learning rate that is left at the end.
FLOOR = 0.02


def learning_rate(step, options):
    """Linear warm-up, then half a cosine down to a fiftieth, as `pixelcnn train` has it."""
    warmup = min(1, step / max(1, options.warmup_steps))
    cosine = (1 + math.cos(math.pi * (step - 1) / options.steps)) / 2
    return options.learning_rate * warmup * (FLOOR + (1 - FLOOR) * cosine)


@torch.no_grad()
def update_average(average, model, decay):
    for old, new in zip(average.parameters(), model.parameters()):
        old.lerp_(new, 1 - decay)


@torch.no_grad()
def evaluate(model, pictures, labels, device, batch=64):
    """Mean nats of all pictures."""
    total = 0.0
    for start in range(0, len(pictures), batch):
        levels = to_levels(pictures[start : start + batch], model.description).to(device)
        chosen = None if labels is None else torch.from_numpy(labels[start : start + batch]).to(device)
        total += model.nats(levels, chosen).double().sum().item()
    nats = total / len(pictures)
    dimensions = pictures[0].size
    return {"images": len(pictures), "nats": nats, "bitsPerDim": nats / (dimensions * math.log(2))}


# Settings of `pixelcnn train` that mean the same here.
SETTINGS = {
    "epochs": float, "steps": int, "batchSize": int, "learningRate": float, "warmupSteps": int, "beta1": float, "beta2": float,
    "clipNorm": float, "averageDecay": float, "seed": int,
}

# Others that change what is learned, and the one value of each that this file trains by.
ONLY = {
    "minutes": None, "time": None, "optimiser": "adam", "weightDecay": 0, "trainOn": "pictures", "flips": False, "noisyWindows": 0, "flatPlaces": 1,
}


def settings_of(path):
    """Defaults of flags from a config file of `pixelcnn train`; what changes nothing that is learned is left out."""
    try:
        with open(path) as file:
            settings = json.load(file)
    except (OSError, ValueError) as error:
        raise SystemExit(f"--config: expected a JSON file of settings, got {path}: {error}")
    known = settings.keys() & SETTINGS.keys() if isinstance(settings, dict) else ()
    if not known:
        raise SystemExit(f"--config: expected settings such as {', '.join(SETTINGS)}, got none of them in {path}")
    for name, only in ONLY.items():
        value = settings.get(name, only)
        if value != only:
            wanted = f"no {name}" if only is None else f"{name} {json.dumps(only)}"
            raise SystemExit(f"--config: expected {wanted}, got {json.dumps(value)}; take it out of {path}, and what was chosen for it")
    chosen = {}
    for name in known:
        value = settings[name]
        if isinstance(value, bool) or not isinstance(value, (int, SETTINGS[name])):
            raise SystemExit(f"--config: expected a number for {name}, got {value!r}; correct {path}")
        chosen[re.sub("[A-Z]", lambda letter: "_" + letter.group().lower(), name)] = value
    return chosen


def parse():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--config", help="config file of `pixelcnn train`, for the defaults of " + ", ".join(SETTINGS))
    parser.add_argument("--model", required=True, help="model file to start from")
    parser.add_argument("--train", required=True, nargs="+", help="files of training pictures, see pictures.py")
    parser.add_argument("--leave-out", type=int, help="every which picture is for validation: 12 of the known sets")
    parser.add_argument("--test", nargs="+", help="files of test pictures, measured at the end")
    parser.add_argument("--out", required=True, help="model file to write: the average of the weights")
    parser.add_argument("--dataset", help="name of the data set, as `evaluate` takes it (default: the model's)")
    parser.add_argument("--steps", type=int, help="length of the training (default: 1000)")
    parser.add_argument("--epochs", type=float, help="the same in passes over the training pictures")
    parser.add_argument("--batch-size", type=int, default=64, help="pictures of a step, over all processes")
    parser.add_argument("--learning-rate", type=float, default=1e-3)
    parser.add_argument("--warmup-steps", type=int, default=50)
    parser.add_argument("--beta1", type=float, default=0.9, help="what Adam's mean of the gradients keeps per step")
    parser.add_argument("--beta2", type=float, default=0.99, help="what Adam's mean of their squares keeps per step")
    parser.add_argument("--clip-norm", type=float, default=1, help="largest norm of a gradient")
    parser.add_argument("--average-decay", type=float, default=0.9995)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--log-every", type=int, default=100, help="steps between lines of JSON on standard output")
    given = parser.parse_known_args()[0]
    if given.steps is not None and given.epochs is not None:
        raise SystemExit(f"expected one of --epochs and --steps, got {given.epochs} and {given.steps}; leave one out")
    if given.config is not None:
        settings = settings_of(given.config)
        # A length that is typed takes the place of the file's, whatever its unit.
        if given.steps is not None or given.epochs is not None:
            settings = {name: value for name, value in settings.items() if name not in ("steps", "epochs")}
        parser.set_defaults(**settings)
    return parser.parse_args()


def steps_of(options, pictures):
    """Steps of a training on so many pictures."""
    if options.epochs is None:
        return 1000 if options.steps is None else options.steps
    return math.ceil(options.epochs * pictures / options.batch_size)


if __name__ == "__main__":
    main()
