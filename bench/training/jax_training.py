"""JAX's training step of a model file, under jit: jax_training.py <model file> <levels file> <threads> <float32|tf32> <ahead>.

Written as JAX is usually written: convolutions are lax.conv_general_dilated, channels last, gradients are jax.value_and_grad's,
arguments that the step replaces are donated. The operations are those of docs/model-format.md that the reference network has.
"""

import json
import struct
import sys

import jax
import jax.numpy as jnp
import numpy
from jax import lax

import rounds

path, levels_path, _, precision, ahead = sys.argv[1:]
if precision == "tf32" and jax.default_backend() == "cpu":
    sys.exit("JAX finds no GPU, and tf32 is one's")
# By itself XLA takes tf32 where a GPU has it.
jax.config.update("jax_default_matmul_precision", "highest" if precision == "float32" else "default")


def read_model(path):
    """The description and the float32 arrays of a model file."""
    with open(path, "rb") as file:
        (length,) = struct.unpack("<Q", file.read(8))
        header = json.loads(file.read(length))
        data = file.read()
    description = json.loads(header.pop("__metadata__")["pixelcnn"])
    arrays = {}
    for name, entry in header.items():
        begin, end = entry["data_offsets"]
        arrays[name] = jnp.asarray(numpy.frombuffer(data[begin:end], "<f4").reshape(entry["shape"]))
    return description, arrays


description, weights = read_model(path)
nodes = {node["name"]: node for node in description["network"]["nodes"]}
encoding = description["encoding"]


def convolution(node, weights, x):
    """The taps as cells of the smallest rectangle around them; where a margin is negative, padding crops."""
    taps, step = node["taps"], node["dilation"]
    top, left = min(tap["dy"] for tap in taps), min(tap["dx"] for tap in taps)
    height = max(tap["dy"] for tap in taps) - top + 1
    width = max(tap["dx"] for tap in taps) - left + 1
    cells = [(tap["dy"] - top) * width + tap["dx"] - left for tap in taps]
    kernel = weights[node["weight"]]
    _, inputs, outputs = kernel.shape
    if cells != list(range(height * width)):
        kernel = jnp.zeros((height * width, inputs, outputs)).at[numpy.array(cells)].set(kernel)
    kernel = kernel.reshape(height, width, inputs, outputs)
    margins = ((-top * step, (top + height - 1) * step), (-left * step, (left + width - 1) * step))
    y = lax.conv_general_dilated(
        x, kernel, (1, 1), margins, rhs_dilation=(step, step), dimension_numbers=("NHWC", "HWIO", "NHWC")
    )
    return y + weights[node["bias"]] if "bias" in node else y


def concatenation(node, inputs):
    parts = []
    for group in range(len(node["groups"])):
        for name, value in zip(node["inputs"], inputs):
            parts.append(value[..., slice(*nodes[name]["groups"][group])])
    return jnp.concatenate(parts, -1)


def gate(node, x):
    parts = []
    for start, end in nodes[node["inputs"][0]]["groups"]:
        a, b = jnp.split(x[..., start:end], 2, -1)
        parts.append(jnp.tanh(a) * jax.nn.sigmoid(b))
    return jnp.concatenate(parts, -1)


def logits_of(weights, levels, labels):
    """[B, H, W, C]"""
    values = {}
    for name, node in nodes.items():
        inputs, op = [values[source] for source in node["inputs"]], node["op"]
        if op == "input":
            values[name] = levels.astype(jnp.float32) * encoding["scale"] + encoding["offset"]
        elif op == "convolution":
            values[name] = convolution(node, weights, inputs[0])
        elif op == "bias":
            bias = weights[node["bias"]]
            values[name] = inputs[0] + (bias[labels][:, None, None] if node["perClass"] else bias)
        elif op == "add":
            values[name] = sum(inputs[1:], inputs[0])
        elif op == "concat":
            values[name] = concatenation(node, inputs)
        elif op == "relu":
            values[name] = jax.nn.relu(inputs[0])
        elif op == "gate":
            values[name] = gate(node, inputs[0])
        else:
            sys.exit(f"expected operations of the reference network, got {op}")
    return values[description["network"]["output"]]


def loss_of(weights, levels, labels):
    """Nats per value."""
    logits, chosen = logits_of(weights, levels, labels), levels.astype(jnp.float32)
    return jnp.mean(jax.nn.softplus(logits) - logits * chosen)


def step(weights, first, second, averages, count, share, levels, labels):
    loss, gradient = jax.value_and_grad(loss_of)(weights, levels, labels)
    norm = jnp.sqrt(sum(jnp.sum(g * g) for g in jax.tree.leaves(gradient)))
    clip = jnp.minimum(1.0, rounds.CLIP / norm)
    beta1, beta2, map_ = rounds.BETA1, rounds.BETA2, jax.tree.map
    gradient = map_(lambda g: g * clip, gradient)
    first = map_(lambda m, g: beta1 * m + (1 - beta1) * g, first, gradient)
    second = map_(lambda v, g: beta2 * v + (1 - beta2) * g * g, second, gradient)
    rate, deviation = rounds.RATE / (1 - beta1**count), 1 / jnp.sqrt(1 - beta2**count)
    change = map_(lambda m, v: rate * m / (jnp.sqrt(v) * deviation + rounds.EPSILON), first, second)
    weights = map_(lambda w, c: w - c, weights, change)
    averages = map_(lambda a, w: a + share * (w - a), averages, weights)
    return weights, first, second, averages, loss


compiled = jax.jit(step, donate_argnums=(0, 1, 2, 3))
zeros = jax.tree.map(jnp.zeros_like, weights)
state = (weights, zeros, jax.tree.map(jnp.zeros_like, weights), jax.tree.map(jnp.copy, weights))
levels = rounds.read_levels(levels_path, description["picture"])
batch = len(levels)
labels = numpy.zeros(batch, numpy.int32)
steps = 0


def train():
    global state, steps
    steps += 1
    *state, loss = compiled(*state, float(steps), rounds.average_share(steps), levels, labels)
    return loss


def read(loss):
    return float(loss) * levels[0].size


shape = (rounds.PRODUCT_SIZE, rounds.PRODUCT_SIZE)
left, right = (jax.random.uniform(jax.random.key(seed), shape) for seed in range(2))
product = jax.jit(jnp.matmul)
library = f"JAX {jax.__version__}, jit"
rounds.take_part(library, True, batch, int(ahead), train, read, lambda: product(left, right).block_until_ready())
