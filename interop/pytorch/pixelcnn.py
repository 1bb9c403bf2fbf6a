"""Model files in PyTorch: load one, compute the same logits, train it, write it back.

    model = PixelCNN.load("models/glyphs.safetensors")
    logits = model(levels, labels)              # [B, C, K, H, W]
    nats = model.nats(levels, labels)           # [B]
    model.save("trained.safetensors")

The file is described in docs/model-format.md. A network is a graph of a handful of operations; every one is a line here.
Pictures are [B, C, H, W] tensors of levels, as PyTorch likes them; weights keep the file's [taps, in, out] layout.
"""

import json
import math
import struct

import torch
import torch.nn.functional as F
from torch import nn

LINEAR = 1e-7  # below it, 1 - e^-x is x in float32

STORED = {"F32": (torch.float32, 4), "F16": (torch.float16, 2)}  # and bytes of a number


def read_safetensors(path):
    """The metadata and the tensors of a safetensors file, all of them as float32, as (dict, {name: tensor})."""
    with open(path, "rb") as file:
        (length,) = struct.unpack("<Q", file.read(8))
        header = json.loads(file.read(length))
        data = bytearray(file.read())
    metadata = header.pop("__metadata__", {})
    tensors = {}
    for name, entry in header.items():
        begin, end = entry["data_offsets"]
        dtype, size = STORED[entry["dtype"]]
        values = torch.frombuffer(data, dtype=dtype, count=(end - begin) // size, offset=begin)
        tensors[name] = values.reshape(entry["shape"]).to(torch.float32, copy=True)
    return metadata, tensors


def write_safetensors(path, metadata, tensors):
    """Writes float32 tensors one after another behind a header that says where they lie."""
    header, end = {"__metadata__": metadata}, 0
    for name, tensor in tensors.items():
        begin, end = end, end + 4 * tensor.numel()
        header[name] = {"dtype": "F32", "shape": list(tensor.shape), "data_offsets": [begin, end]}
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text)
        for tensor in tensors.values():
            file.write(tensor.detach().cpu().contiguous().numpy().astype("<f4").tobytes())


class PixelCNN(nn.Module):
    """Any network of the model format."""

    STATISTICS = ("mean", "variance")
    TAPPED = ("convolution", "lstm")

    def __init__(self, description, tensors):
        super().__init__()
        self.description = description
        self.nodes = {node["name"]: node for node in description["network"]["nodes"]}
        # PyTorch keeps dots and the names of its own attributes for itself, so weights are numbered.
        self.keys = {name: f"weight{number}" for number, name in enumerate(tensors)}
        statistics = {node[key] for node in self.nodes.values() for key in self.STATISTICS if key in node}
        self.weights = nn.ParameterDict()
        for name, tensor in tensors.items():
            self.weights[self.keys[name]] = nn.Parameter(tensor, requires_grad=name not in statistics)
        for node in self.nodes.values():
            if node["op"] in self.TAPPED:
                self._prepare(node)

    @classmethod
    def load(cls, path):
        metadata, tensors = read_safetensors(path)
        return cls(json.loads(metadata["pixelcnn"]), tensors)

    def save(self, path):
        tensors = {name: self.weight(name) for name in self.keys}
        write_safetensors(path, {"pixelcnn": json.dumps(self.description)}, tensors)

    def forward(self, levels, labels=None):
        """Logits [B, C, K, H, W] of levels [B, C, H, W]; K is 1 for two levels; [B, numbers, H, W] of a mixture. labels: [B] class numbers."""
        encoding, values = self.description["encoding"], {}
        for name, node in self.nodes.items():
            inputs = [values[source] for source in node["inputs"]]
            if node["op"] == "input":
                values[name] = levels.float() * encoding["scale"] + encoding["offset"]
            elif node["op"] == "planes":
                values[name] = self._planes(node, levels)
            elif node["op"] == "embedding":
                values[name] = self._embedding(node, levels)
            else:
                values[name] = getattr(self, "_" + node["op"])(node, inputs, labels)
        logits = values[self.description["network"]["output"]]
        if self.components:
            return logits
        batch, _, height, width = logits.shape
        return logits.reshape(batch, self.description["picture"]["channels"], -1, height, width)

    def nats(self, levels, labels=None):
        """Negative log-likelihood of every picture, [B]."""
        return self.nats_by(self(levels, labels), levels)

    def nats_by(self, logits, levels):
        """The same by logits that are there already."""
        if self.components:
            return self._mixture_nats(logits, levels.float()).flatten(1).sum(1)
        if self.description["picture"]["levels"] == 2:
            loss = F.binary_cross_entropy_with_logits(logits[:, :, 0], levels.float(), reduction="none")
        else:
            loss = F.cross_entropy(logits.transpose(1, 2), levels.long(), reduction="none")
        return loss.flatten(1).sum(1)

    @property
    def components(self):
        """Of a mixture of discretised logistics; 0 for another likelihood."""
        likelihood = self.description["likelihood"]
        return likelihood["components"] if isinstance(likelihood, dict) else 0

    def _mixture_nats(self, logits, levels):
        """Of every pixel, [B, H, W]: -log of a sum of products over the channels, each the mass of a logistic within half a level."""
        K, M = self.description["picture"]["levels"], self.components
        blocks, half = logits.unflatten(1, (-1, M)).unbind(1), (K - 1) / 2  # [B, M, H, W] each
        joint, at = blocks[0], 1
        for channel in range(levels.shape[1]):
            level = levels[:, channel, None]
            mean = blocks[at]
            for earlier in range(channel):
                mean = mean + torch.tanh(blocks[at + 2 + earlier]) * (levels[:, earlier, None] / half - 1)
            least, most = -7 - math.log((K - 1) / 255), 1022 * math.log(2) - math.log(half)
            log_scale = blocks[at + 1].clamp(least, most)
            inverse = torch.exp(-log_scale) / half
            centred = (level - (mean + 1) * half) * inverse
            below_top, above_bottom = F.softplus(-centred - inverse / 2), F.softplus(centred - inverse / 2)
            # log(1 - e^-inverse) without cancelling, and log(inverse) where that is nothing to 1.
            t = torch.tanh(inverse.clamp(min=LINEAR) / 2)
            beyond = F.relu(log_scale + math.log(half * LINEAR))
            inner = torch.log(2 * t) - torch.log1p(t) - beyond - below_top - above_bottom
            joint = joint + torch.where(level == 0, -below_top, torch.where(level == K - 1, -above_bottom, inner))
            at += 2 + channel
        return blocks[0].logsumexp(1) - joint.logsumexp(1)

    def mask_gradients(self):
        """Zeroes the gradients of weights that the graph forbids. Call between backward and the optimiser's step."""
        for node in self.nodes.values():
            if node["op"] in self.TAPPED:
                weight = self.weight(node["weight"])
                if weight.grad is not None:
                    weight.grad.mul_(getattr(self, "allowed_" + self.keys[node["weight"]]))

    def weight(self, name):
        return self.weights[self.keys[name]]

    def _groups(self, name):
        return self.nodes[name]["groups"]

    def _prepare(self, node):
        """Which entries of its weight a node's taps allow. An LSTM cell's are between the node itself and gates that lie as its input does."""
        here, there = self._groups(node["name"]), self._groups(node["inputs"][0])
        sources, outputs = (here, there) if node["op"] == "lstm" else (there, here)
        allowed = torch.zeros_like(self.weight(node["weight"]).data)
        for t, tap in enumerate(node["taps"]):
            for output, source in tap["pairs"]:
                (i0, i1), (o0, o1) = sources[source], outputs[output]
                allowed[t, i0:i1, o0:o1] = 1
        self.register_buffer("allowed_" + self.keys[node["weight"]], allowed, persistent=False)

    @staticmethod
    def _box(node):
        """Top, left, height, width of the smallest rectangle around the taps."""
        rows = [tap["dy"] for tap in node["taps"]]
        columns = [tap["dx"] for tap in node["taps"]]
        top, left = min(rows), min(columns)
        return top, left, max(rows) - top + 1, max(columns) - left + 1

    def _convolution(self, node, inputs, labels):
        weight, dilation = self.weight(node["weight"]), node["dilation"]
        top, left, height, width = self._box(node)
        cells = [(tap["dy"] - top) * width + tap["dx"] - left for tap in node["taps"]]
        _, fan_in, fan_out = weight.shape
        if cells == list(range(height * width)):
            kernel = weight
        else:
            kernel = weight.new_zeros(height * width, fan_in, fan_out).index_copy(0, torch.tensor(cells, device=weight.device), weight)
        kernel = kernel.reshape(height, width, fan_in, fan_out).permute(3, 2, 0, 1)
        bias = self.weight(node["bias"]) if "bias" in node else None
        # F.pad crops where a margin is negative: taps that all lie above need fewer rows below.
        bottom, right = (top + height - 1) * dilation, (left + width - 1) * dilation
        padded = F.pad(inputs[0], (-left * dilation, right, -top * dilation, bottom))
        return F.conv2d(padded, kernel, bias, dilation=dilation)

    def _embedding(self, node, levels):
        table = self.weight(node["table"])
        parts = [F.embedding(levels[:, group].long(), table[:, start:end]) for group, (start, end) in enumerate(node["groups"])]
        return torch.cat(parts, -1).permute(0, 3, 1, 2)

    @staticmethod
    def _planes(node, levels):
        batch, _, height, width = levels.shape
        along = lambda count: 2 * torch.arange(count, device=levels.device) / max(1, count - 1) - 1
        ones = torch.ones(height, width, device=levels.device)
        planes = {"inside": ones, "row": along(height)[:, None] * ones, "column": along(width) * ones}
        return torch.stack([planes[plane] for plane in node["planes"]]).expand(batch, -1, -1, -1)

    def _bias(self, node, inputs, labels):
        bias = self.weight(node["bias"])
        chosen = bias[labels] if node["perClass"] else bias[None]
        return inputs[0] + chosen[:, :, None, None]

    def _add(self, node, inputs, labels):
        return sum(inputs[1:], inputs[0])

    def _concat(self, node, inputs, labels):
        parts = []
        for group in range(len(node["groups"])):
            for name, value in zip(node["inputs"], inputs):
                start, end = self._groups(name)[group]
                parts.append(value[:, start:end])
        return torch.cat(parts, 1)

    def _relu(self, node, inputs, labels):
        return F.relu(inputs[0])

    def _elu(self, node, inputs, labels):
        return F.elu(inputs[0])

    def _concatElu(self, node, inputs, labels):
        parts = [inputs[0][:, start:end] for start, end in self._groups(node["inputs"][0])]
        return torch.cat([F.elu(signed) for part in parts for signed in (part, -part)], 1)

    def _gate(self, node, inputs, labels):
        return torch.cat([torch.tanh(a) * torch.sigmoid(b) for a, b in self._halves(node, inputs)], 1)

    def _glu(self, node, inputs, labels):
        return torch.cat([a * torch.sigmoid(b) for a, b in self._halves(node, inputs)], 1)

    def _halves(self, node, inputs):
        """The first and the second half of every channel group."""
        for start, end in self._groups(node["inputs"][0]):
            yield inputs[0][:, start:end].chunk(2, 1) if end > start else (inputs[0][:, :0],) * 2

    def _batchNorm(self, node, inputs, labels):
        mean, variance = self.weight(node["mean"]), self.weight(node["variance"])
        scale, shift = self.weight(node["scale"]), self.weight(node["shift"])
        return F.batch_norm(inputs[0], mean, variance, scale, shift, self.training, 0.1, node["epsilon"])

    @staticmethod
    def _attention(node, inputs, labels):
        batch, _, height, width = inputs[0].shape
        queries, keys, values = (x.reshape(batch, node["heads"], -1, height * width) for x in inputs)
        scores = queries.transpose(2, 3) @ keys / math.sqrt(queries.shape[2])  # [B, heads, p, q]
        past = torch.ones_like(scores[0, 0], dtype=torch.bool).tril(-1)
        # The first position has no past: all weights are equal there, and then 0.
        weights = scores.masked_fill(~past, torch.finfo(scores.dtype).min).softmax(-1) * past
        return (values @ weights.transpose(2, 3)).reshape(batch, -1, height, width)

    def _lstm(self, node, inputs, labels):
        """Position by position; along the row away from what is read there."""
        told, weight, cell = inputs[0], self.weight(node["weight"]), (node["cell"]["dy"], node["cell"]["dx"])
        batch, _, height, width = told.shape
        taps = [(tap["dy"], tap["dx"]) for tap in node["taps"]]
        columns = list(range(width))
        if any(dy == 0 and dx > 0 for dy, dx in (*taps, cell)):
            columns.reverse()
        h, c, nothing = {}, {}, told.new_zeros(batch, weight.shape[1])
        for y in range(height):
            for x in columns:
                at = lambda values, dy, dx: values.get((y + dy, x + dx), nothing)
                a = told[:, :, y, x] + sum(at(h, *tap) @ kernel for tap, kernel in zip(taps, weight))
                parts = [a[:, 4 * start : 4 * end].chunk(4, 1) for start, end in node["groups"] if end > start]
                o, f, i, new = (torch.cat(gate, 1) for gate in zip(*parts))
                c[y, x] = torch.sigmoid(f) * at(c, *cell) + torch.sigmoid(i) * torch.tanh(new)
                h[y, x] = torch.sigmoid(o) * torch.tanh(c[y, x])
        rows = [torch.stack([h[y, x] for x in range(width)], -1) for y in range(height)]
        return torch.stack(rows, 2)

    def _dropout(self, node, inputs, labels):
        return F.dropout(inputs[0], node["rate"], self.training)
