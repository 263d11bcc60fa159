"""A user's own program, as docs/own.md has it: the real PyTorch's side of OwnNetworksInPyTorchTest.

save        trains two networks on the images in train/, saves them as a.pt and b.pt
FILE        prints loss and accuracy of a state dict on the images in test/, as JSON
"""

import json
import os
import sys
import zlib
import struct

import numpy
import torch

CLASSES = ("bar", "dot")


def pixels(file):
    """Reads a grey PNG of Java's ImageIO, so that no image library is needed: one IDAT, filters 0 to 4."""
    content = open(file, "rb").read()
    width, height = struct.unpack(">II", content[16:24])
    at, packed = 8, b""
    while at < len(content):
        (length,) = struct.unpack(">I", content[at : at + 4])
        if content[at + 4 : at + 8] == b"IDAT":
            packed += content[at + 8 : at + 8 + length]
        at += length + 12
    rows = zlib.decompress(packed)
    image = numpy.zeros((height, width), dtype=int)
    for y in range(height):
        row = rows[y * (width + 1) : (y + 1) * (width + 1)]
        for x in range(width):
            left = image[y, x - 1] if x else 0
            up = image[y - 1, x] if y else 0
            corner = image[y - 1, x - 1] if x and y else 0
            near = min((abs(up - corner), 0, left), (abs(left - corner), 1, up), (abs(left + up - 2 * corner), 2, corner))
            image[y, x] = (row[x + 1] + (0, left, up, (left + up) // 2, near[2])[row[0]]) % 256
    return image


def load(split):
    images, labels = [], []
    for label, name in enumerate(CLASSES):
        for file in sorted(os.listdir(f"{split}/{name}")):
            images.append(pixels(f"{split}/{name}/{file}"))
            labels.append(label)
    x = torch.tensor(numpy.stack(images), dtype=torch.float32)[:, None] / 255
    return (x - 0.2) / 0.3, torch.tensor(labels)


class Net(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.net = torch.nn.ModuleDict({
            "conv": torch.nn.Conv2d(1, 4, 3, padding=1),
            "bn": torch.nn.BatchNorm2d(4),
            "fc": torch.nn.Linear(36, 2),
        })

    def forward(self, x):
        x = torch.relu(self.net["bn"](self.net["conv"](x)))
        return self.net["fc"](torch.flatten(torch.max_pool2d(x, 2), 1))


def train(seed):
    torch.manual_seed(seed)
    x, y = load("train")
    model = Net()
    optimizer = torch.optim.SGD(model.parameters(), lr=0.05, momentum=0.9)
    for _ in range(10):
        for batch in torch.randperm(len(x)).split(20):
            optimizer.zero_grad()
            torch.nn.functional.cross_entropy(model(x[batch]), y[batch]).backward()
            optimizer.step()
    return model


if sys.argv[1] == "save":
    for seed, name in enumerate(("a", "b")):
        torch.save(train(seed).state_dict(), f"{name}.pt")
else:
    model = Net()
    model.load_state_dict(torch.load(sys.argv[1], weights_only=True))
    x, y = load("test")
    with torch.no_grad():
        z = model.eval()(x)
    print(json.dumps([float(torch.nn.functional.cross_entropy(z, y)), float((z.argmax(1) == y).float().mean())]))
