"""MNIST from the folder THALWEG_DATA (or its subfolder mnist), as PyTorch tensors: images / 255 and labels."""

import gzip
import os
import pathlib

import numpy
import torch


def _read(name, skip):
    folder = pathlib.Path(os.environ["THALWEG_DATA"])
    if (folder / "mnist").is_dir():
        folder = folder / "mnist"
    with gzip.open(folder / (name + ".gz")) as file:
        return numpy.frombuffer(file.read(), numpy.uint8, offset=skip)


def split(prefix):
    """Returns images [N, 784] and labels [N] of the split `train` or `t10k`."""
    labels = torch.from_numpy(_read(prefix + "-labels-idx1-ubyte", 8).astype(numpy.int64))
    images = torch.from_numpy(_read(prefix + "-images-idx3-ubyte", 16).reshape(len(labels), -1).astype(numpy.float32))
    return images / 255, labels
