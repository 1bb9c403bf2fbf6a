"""A toy VQ model: pictures of 32x32 become 8x8 codes of a book, and come back.

    z = encoder(x)                      [N, 8, 8, D]
    code = argmin_k |z - book_k|^2      [N, 8, 8]
    x' = decoder(book[code])            loss = |x - x'|^2 + 0.25 |z - sg(book[code])|^2

van den Oord, Vinyals & Kavukcuoglu 2017, "Neural discrete representation learning" (arXiv:1711.00937). The book follows the means of
what falls to each code, with a moving average, as in its appendix A.1. What stands between encoder and decoder here is a PixelCNN:
it draws new codes, which the decoder shows.

    python3 vq.py train  --folder out                      writes out/codes.npz (train, test) and out/decoder.pt
    python3 vq.py decode --folder out --codes drawn.npy    writes out/drawn.png
"""
import argparse
import os
import struct
import zlib

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

SIDE = 32
CODES = 64
WIDTH = 16


def pictures(count, seed):
    """Discs and boxes of few colours on a ground that fades: [count, 3, 32, 32], 0 ... 1."""
    rng = np.random.default_rng(seed)
    y, x = np.mgrid[0:SIDE, 0:SIDE] + 0.5
    colours = np.array([[0.9, 0.3, 0.3], [0.3, 0.7, 0.4], [0.3, 0.5, 0.9], [0.95, 0.8, 0.3]])
    made = np.empty((count, 3, SIDE, SIDE), np.float32)
    for picture in made:
        top, bottom = rng.uniform(0.05, 0.45, 2)
        picture[:] = top + (bottom - top) * (y / SIDE)
        for _ in range(rng.integers(1, 4)):
            centre_x, centre_y = rng.uniform(6, SIDE - 6, 2)
            radius = rng.uniform(4, 9)
            inside = np.hypot(x - centre_x, y - centre_y) < radius
            if rng.random() < 0.5:
                inside = np.maximum(abs(x - centre_x), abs(y - centre_y)) < 0.8 * radius
            picture[:, inside] = colours[rng.integers(len(colours))][:, None]
    return torch.from_numpy(made)


class Vq(nn.Module):
    def __init__(self):
        super().__init__()
        self.encoder = nn.Sequential(
            nn.Conv2d(3, 32, 4, 2, 1), nn.ReLU(), nn.Conv2d(32, 32, 4, 2, 1), nn.ReLU(), nn.Conv2d(32, WIDTH, 1)
        )
        self.decoder = nn.Sequential(
            nn.Conv2d(WIDTH, 32, 3, 1, 1), nn.ReLU(), nn.ConvTranspose2d(32, 32, 4, 2, 1), nn.ReLU(),
            nn.ConvTranspose2d(32, 3, 4, 2, 1),
        )
        self.register_buffer("book", torch.randn(CODES, WIDTH))
        self.register_buffer("counts", torch.ones(CODES))
        self.register_buffer("sums", self.book.clone())

    def codes(self, x):
        """[N, 8, 8]"""
        return self.nearest(self.encoder(x))

    def nearest(self, z):
        flat = z.permute(0, 2, 3, 1)
        return torch.cdist(flat.reshape(-1, WIDTH), self.book).argmin(1).reshape(flat.shape[:3])

    def decode(self, codes):
        """[N, 3, 32, 32], 0 ... 1"""
        return self.decoder(self.book[codes].permute(0, 3, 1, 2)).clamp(0, 1)

    def loss(self, x):
        z = self.encoder(x)
        codes = self.nearest(z)
        self.follow(z.detach().permute(0, 2, 3, 1).reshape(-1, WIDTH), codes.reshape(-1))
        q = self.book[codes].permute(0, 3, 1, 2)
        shown = self.decoder(z + (q - z).detach())
        return F.mse_loss(shown, x) + 0.25 * F.mse_loss(z, q)

    def follow(self, z, codes, keep=0.95):
        """The book goes where its codes are; one that nothing falls to goes to something at random."""
        hits = F.one_hot(codes, CODES).float()
        self.counts.mul_(keep).add_(hits.sum(0), alpha=1 - keep)
        self.sums.mul_(keep).add_(hits.T @ z, alpha=1 - keep)
        unused = self.counts < 0.05
        fresh = z[torch.randint(len(z), (CODES,))]
        self.sums[unused], self.counts[unused] = fresh[unused], 1.0
        self.book.copy_(self.sums / self.counts[:, None])


def train(folder, steps, seed):
    torch.manual_seed(seed)
    model = Vq()
    adam = torch.optim.Adam(model.parameters(), 2e-3)
    held = pictures(400, seed + 1)
    seen = pictures(2000, seed)
    for step in range(1, steps + 1):
        loss = model.loss(seen[torch.randint(len(seen), (32,))])
        adam.zero_grad()
        loss.backward()
        adam.step()
        if step % 100 == 0:
            print(f"step {step}: {loss.item():.5f}")
    with torch.no_grad():
        error = F.mse_loss(model.decode(model.codes(held)), held).item()
        codes = [model.codes(part).numpy().astype(np.uint16) for part in (seen, held)]
    used = len(np.unique(codes[0]))
    print(f"{used} of {CODES} codes; error of held-out pictures {error:.5f}, of their mean {held.var().item():.5f}")
    os.makedirs(folder, exist_ok=True)
    np.savez_compressed(os.path.join(folder, "codes.npz"), train=codes[0], test=codes[1])
    torch.save(model.state_dict(), os.path.join(folder, "decoder.pt"))


def decode(folder, codes):
    model = Vq()
    model.load_state_dict(torch.load(os.path.join(folder, "decoder.pt")))
    drawn = torch.from_numpy(np.load(codes).astype(np.int64))
    with torch.no_grad():
        shown = (model.decode(drawn) * 255).round().byte().permute(0, 2, 3, 1).numpy()
    columns = int(np.ceil(np.sqrt(len(shown))))
    rows = -(-len(shown) // columns)
    sheet = np.zeros((rows * SIDE, columns * SIDE, 3), np.uint8)
    for i, picture in enumerate(shown):
        top, left = i // columns * SIDE, i % columns * SIDE
        sheet[top : top + SIDE, left : left + SIDE] = picture
    path = os.path.join(folder, "drawn.png")
    with open(path, "wb") as file:
        file.write(png(sheet))
    print(path)


def png(rgb):
    def chunk(kind, content):
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    height, width, _ = rgb.shape
    rows = b"".join(b"\0" + row.tobytes() for row in rgb)
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["train", "decode"])
    parser.add_argument("--folder", default="out")
    parser.add_argument("--codes", help="array that generate wrote")
    parser.add_argument("--steps", type=int, default=400)
    parser.add_argument("--seed", type=int, default=0)
    given = parser.parse_args()
    if given.what == "train":
        train(given.folder, given.steps, given.seed)
    elif given.codes is None:
        parser.error("decode: expected --codes, the array that generate wrote")
    else:
        decode(given.folder, given.codes)
