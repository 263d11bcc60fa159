"""The real PyTorch's side of PyTorchAgreementTest.

save FOLDER   writes files in many ways, and for each FILE what it holds as FILE.json: {name: {"shape", "values"}}
load FILE…    prints for each what torch.load(weights_only=True) finds, in the same form, one line of JSON each
run FILE      loads the state dict into the nn.Sequential of its sizes, prints its outputs for inputs from stdin (JSON)
"""

import argparse
import json
import sys

import numpy
import torch


def described(state):
    return {
        name: {"shape": list(tensor.shape), "values": tensor.detach().double().flatten().tolist()}
        for name, tensor in state.items()
    }


def tensors(seed, dtype):
    generator = torch.Generator().manual_seed(seed)
    whole = torch.randn(7, 9, generator=generator).mul(3).to(dtype)
    return {
        "whole": whole,
        "transposed": whole.t(),
        "slice": whole[1:6:2, 2:8:3],
        "expanded": whole[2:3].expand(4, 9),
        "column": whole[:, 4],
        "scalar": whole[3, 3],
        "empty": whole[:0],
        "four": torch.randn(2, 3, 4, 5, generator=generator).to(dtype).permute(3, 1, 0, 2),
        "channels last": torch.randn(2, 3, 4, 4, generator=generator).to(dtype).contiguous(memory_format=torch.channels_last),
    }


def write(folder, name, what, weights, **options):
    torch.save(what, f"{folder}/{name}.pt", **options)
    with open(f"{folder}/{name}.pt.json", "w") as out:
        json.dump(described(weights), out)


def save(folder):
    for zipped in (True, False):
        layout = {"_use_new_zipfile_serialization": zipped}
        form = "zip" if zipped else "legacy"
        for dtype in (torch.float64, torch.float32, torch.float16, torch.bfloat16, torch.int64, torch.int32, torch.int16,
                      torch.int8, torch.uint8, torch.bool):
            state = tensors(1, dtype)
            write(folder, f"{form}-{str(dtype)[6:]}", state, state, **layout)
        model = torch.nn.Sequential(torch.nn.Linear(6, 5), torch.nn.ReLU(), torch.nn.BatchNorm1d(5), torch.nn.Linear(5, 3))
        optimizer = torch.optim.Adam(model.parameters())
        model(torch.randn(8, 6)).sum().backward()
        optimizer.step()
        state = model.state_dict()
        write(folder, f"{form}-state", state, state, **layout)
        write(folder, f"{form}-parameters", dict(model.named_parameters()), dict(model.named_parameters()), **layout)
        for key in ("model_state", "state_dict", "model", "model_state_dict", "weights"):
            checkpoint = {"epoch": 3, key: state, "optimizer_state": optimizer.state_dict(), "best": numpy.float64(0.5),
                          "args": argparse.Namespace(rate=0.1), "seed": 1 << 70, "note": "gruß", "flags": {1, 2}}
            write(folder, f"{form}-{key}", checkpoint, state, **layout)


def run(file, inputs):
    state = torch.load(file, weights_only=True)
    layers = []
    for name in state:
        if name.endswith("weight"):
            rows, columns = state[name].shape
            layers += [torch.nn.ReLU()] if layers else []
            layers.append(torch.nn.Linear(columns, rows))
    model = torch.nn.Sequential(*layers).to(next(iter(state.values())).dtype)
    model.load_state_dict(state, strict=True)
    return model(torch.tensor(inputs, dtype=next(iter(state.values())).dtype)).double().tolist()


if sys.argv[1] == "save":
    save(sys.argv[2])
elif sys.argv[1] == "load":
    for path in sys.argv[2:]:
        print(json.dumps(described(torch.load(path, weights_only=True))))
else:
    print(json.dumps(run(sys.argv[2], json.load(sys.stdin))))
