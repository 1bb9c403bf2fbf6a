"""Drawing in PyTorch with every activation computed once: what a careful user writes when the naive loop is too slow.

A row node, which reads of its own row nothing but row nodes, is computed for a whole row before the row starts; every other node at one position at a time.
Activations that taps reach lie in pictures with a margin of zeros, channels last, so that the taps of a position are one gather and its weights one product.
"""

import torch
import torch.nn.functional as F


class CachedPass:
    """One drawing of `batch` pictures."""

    def __init__(self, model, batch, labels):
        self.model, self.batch, self.labels = model, batch, labels
        self.nodes = list(model.nodes.values())
        picture = model.description["picture"]
        self.channels, self.height, self.width = (picture[key] for key in ("channels", "height", "width"))
        self.device = labels.device
        convolutions = [node for node in self.nodes if node["op"] == "convolution"]
        reach = [abs(tap[way]) * node["dilation"] for node in convolutions for tap in node["taps"] for way in ("dy", "dx")]
        self.margin = max([0, *reach])
        self.stride = self.width + 2 * self.margin
        self.is_row = {}
        for node in self.nodes:
            same_row = node["op"] != "convolution" or any(tap["dy"] == 0 for tap in node["taps"])
            inputs = node["inputs"] if same_row else []
            self.is_row[node["name"]] = node["op"] != "input" and all(self.is_row[name] for name in inputs)
        cells = (self.height + 2 * self.margin) * self.stride
        # What a convolution reads beside the position itself.
        self.kept = {}
        for node in convolutions:
            source = node["inputs"][0]
            if source not in self.kept and not self._pointwise(node):
                self.kept[source] = torch.zeros(batch, cells, model.nodes[source]["groups"][-1][1], device=self.device)
        self.weights = {node["name"]: model.weight(node["weight"]).flatten(0, 1) for node in convolutions}
        self.biases = {node["name"]: model.weight(node["bias"]) for node in convolutions if "bias" in node}
        self.offsets = {
            node["name"]: torch.tensor(
                [(tap["dy"] * self.stride + tap["dx"]) * node["dilation"] for tap in node["taps"]], device=self.device
            )
            for node in convolutions
        }
        self.columns = torch.arange(self.width, device=self.device)

    @staticmethod
    def _pointwise(node):
        return all(tap["dy"] == 0 and tap["dx"] == 0 for tap in node["taps"])

    def _cell(self, y, x):
        return (y + self.margin) * self.stride + x + self.margin

    def draw(self, choose, rows=None, logits_out=None):
        """Levels [B, C, H, W], of the first rows; choose() makes levels [B] of logits [B, K]."""
        levels = torch.zeros(self.batch, self.channels, self.height, self.width, dtype=torch.long, device=self.device)
        output = self.model.description["network"]["output"]
        for y in range(self.height if rows is None else rows):
            row = {}
            start = self._cell(y, 0)
            for node in self.nodes:
                if self.is_row[node["name"]]:
                    value = self._value(node, row, start + self.columns, None)  # [B, W, C]
                    row[node["name"]] = value
                    if node["name"] in self.kept:
                        self.kept[node["name"]][:, start : start + self.width] = value
            for x in range(self.width):
                cell = self._cell(y, x)
                for c in range(self.channels):
                    values = {name: value[:, x] for name, value in row.items()}
                    for node in self.nodes:
                        if not self.is_row[node["name"]]:
                            value = self._value(node, values, cell, levels[:, :, y, x])  # [B, C]
                            values[node["name"]] = value
                            if node["name"] in self.kept:
                                self.kept[node["name"]][:, cell] = value
                    logits = values[output].reshape(self.batch, self.channels, -1)[:, c]
                    if logits_out is not None:
                        logits_out.append(logits)
                    levels[:, c, y, x] = choose(logits)
                # The last channel is known only now, and later positions read it.
                for node in self.nodes:
                    if node["op"] == "input" and node["name"] in self.kept:
                        self.kept[node["name"]][:, cell] = self._encoded(levels[:, :, y, x])
        return levels

    def check(self, choose, rows):
        """Draws some rows and compares their logits with those of a whole pass."""
        seen = []
        levels = self.draw(choose, rows, seen)
        whole = self.model(levels, self.labels)[:, :, :, :rows]  # [B, C, K, rows, W]
        whole = whole.permute(3, 4, 1, 0, 2).flatten(0, 2)
        difference = (torch.stack(seen) - whole).abs().max().item()
        if not difference < 1e-2:
            raise SystemExit("expected cached logits to be the network's, they differ by %g" % difference)

    def _encoded(self, levels):
        encoding = self.model.description["encoding"]
        return levels.float() * encoding["scale"] + encoding["offset"]

    def _value(self, node, values, cells, levels):
        """[B, W, C] of a row, whose cells are many, or [B, C] of a position, whose cell is a number."""
        op, name = node["op"], node["name"]
        if op == "input":
            return self._encoded(levels)
        inputs = [values.get(source) for source in node["inputs"]]
        if op == "convolution":
            return self._convolution(node, inputs[0], cells)
        if op == "bias":
            bias = self.model.weight(node["bias"])
            chosen = bias[self.labels] if node["perClass"] else bias
            return inputs[0] + (chosen[:, None] if node["perClass"] and inputs[0].dim() == 3 else chosen)
        if op == "add":
            return sum(inputs[1:], inputs[0])
        if op == "concat":
            groups = [self.model.nodes[source]["groups"] for source in node["inputs"]]
            count = len(node["groups"])
            return torch.cat([x[..., slice(*g[i])] for i in range(count) for g, x in zip(groups, inputs)], -1)
        if op == "relu":
            return F.relu(inputs[0])
        if op == "elu":
            return F.elu(inputs[0])
        if op == "gate":
            parts = []
            for start, end in self.model.nodes[node["inputs"][0]]["groups"]:
                a, b = inputs[0][..., start:end].chunk(2, -1) if end > start else (inputs[0][..., :0],) * 2
                parts.append(torch.tanh(a) * torch.sigmoid(b))
            return torch.cat(parts, -1) if len(parts) > 1 else parts[0]
        if op == "batchNorm":
            mean, variance, scale, shift = (self.model.weight(node[key]) for key in ("mean", "variance", "scale", "shift"))
            return (inputs[0] - mean) * torch.rsqrt(variance + node["epsilon"]) * scale + shift
        if op == "dropout":
            return inputs[0]
        raise SystemExit("expected an operation of the model format, got %s (%s)" % (op, name))

    def _convolution(self, node, value, cells):
        name = node["name"]
        weight, bias = self.weights[name], self.biases.get(name)
        if self._pointwise(node):
            x = value
        else:
            kept, offsets = self.kept[node["inputs"][0]], self.offsets[name]
            if isinstance(cells, int):
                x = kept.index_select(1, offsets + cells).flatten(1)  # [B, taps · C]
            else:
                gathered = kept.index_select(1, (cells[:, None] + offsets).flatten())
                x = gathered.reshape(self.batch, len(cells), -1)  # [B, W, taps · C]
        y = x @ weight
        return y if bias is None else y + bias
