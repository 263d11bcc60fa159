"""Writes the costs of an assignment problem to a file, n x n little-endian doubles.

    /usr/bin/python3 bench/python/costs.py FAMILY N FILE [A.safetensors B.safetensors]

Families: neurons (squared distances between the first N neurons of two networks of dense layers), uniform, ten (ten
distinct values), geometric (distances of points in the plane), product (i times j, on which augmenting paths are long),
mixture (squared distances of vectors round few centres).
"""

import json
import sys

import numpy


def tensors(path):
    """Reads a safetensors file of float32 tensors."""
    with open(path, "rb") as file:
        header = json.loads(file.read(int.from_bytes(file.read(8), "little")))
        data = file.read()
    header.pop("__metadata__", None)
    return {
        name: numpy.frombuffer(data[slice(*entry["data_offsets"])], "<f4").reshape(entry["shape"])
        for name, entry in header.items()
    }


def neurons(path):
    """Returns the first layer's neurons (bias if there is one, incoming, outgoing) of a network of dense layers as rows."""
    network = tensors(path)
    bias = [network["0.bias"][:, None]] if "0.bias" in network else []
    return numpy.concatenate([*bias, network["0.weight"], network["2.weight"].T], 1).astype("f8")


def squared_distances(a, b):
    return (a * a).sum(1)[:, None] + (b * b).sum(1) - 2 * a @ b.T


def mixture(random, n):
    centres = random.normal(size=(4, 32))
    scales = random.uniform(size=(n, 1)) ** 4
    return scales * centres[random.integers(4, size=n)] + 0.02 * random.uniform(size=(n, 32))


def costs(family, n, files):
    random = numpy.random.default_rng(1)
    if family == "neurons":
        return squared_distances(*(neurons(file)[:n] for file in files))
    if family == "uniform":
        return random.uniform(size=(n, n))
    if family == "ten":
        return random.integers(10, size=(n, n)).astype("f8")
    if family == "geometric":
        return numpy.sqrt(numpy.maximum(0, squared_distances(random.uniform(size=(n, 2)), random.uniform(size=(n, 2)))))
    if family == "product":
        return numpy.outer(numpy.arange(1.0, n + 1), numpy.arange(1.0, n + 1))
    if family == "mixture":
        return squared_distances(mixture(random, n), mixture(random, n))
    raise SystemExit(f"unknown family '{family}'")


family, n, file = sys.argv[1], int(sys.argv[2]), sys.argv[3]
matrix = costs(family, n, sys.argv[4:])
if matrix.shape != (n, n):
    raise SystemExit(f"the costs are {matrix.shape}, not {n} x {n}")
matrix.astype("<f8").tofile(file)
