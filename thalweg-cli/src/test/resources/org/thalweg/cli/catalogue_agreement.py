"""The real PyTorch's side of CatalogueAgreementTest.

save TEXT FILE INPUTS   makes the network of an architecture's text, its statistics measured, saves its state dict
load TEXT FILE INPUTS   loads a state dict into that network, weights only, nothing missing or left over

Both print the network's outputs, computed in float64, for inputs (JSON, a list of flat examples).
"""

import json
import re
import sys

import torch
from torch import nn


def layer(text):
    name, _, arguments = text.rstrip(")").partition("(")
    numbers = [int(part) for part in re.findall(r"(?:^|,)(\d+)(?=,|$)", arguments)]
    named = dict(part.split("=") for part in arguments.split(",") if "=" in part)
    bias = "nobias" not in arguments
    stride = int(named["stride"]) if "stride" in named else None
    padding = int(named.get("pad", 0))
    if name == "linear":
        return nn.Linear(numbers[0], numbers[1], bias=bias)
    if name == "conv":
        return nn.Conv2d(*numbers, stride=stride or 1, padding=padding, bias=bias)
    if name == "maxpool":
        return nn.MaxPool2d(numbers[0], stride=stride, padding=padding)
    if name == "batchnorm":
        return nn.BatchNorm2d(numbers[0])
    return {"relu": nn.ReLU, "flatten": nn.Flatten, "dropout": nn.Dropout}[name]()


def network(text):
    shape, stages, stage = None, {"": []}, ""
    for token in text.split():
        if token.startswith("input("):
            shape = [int(extent) for extent in token[6:-1].split(",")]
        elif token.endswith(":"):
            stage = token[:-1]
            stages[stage] = []
        else:
            stages[stage].append(layer(token))
    if list(stages) == [""]:
        return shape, nn.Sequential(*stages[""])
    whole = nn.Sequential()
    for name, layers in stages.items():
        if name:
            whole.add_module(name, nn.Sequential(*layers))
    return shape, whole


what, text, file, inputs = sys.argv[1:]
torch.manual_seed(5)
shape, model = network(text)
x = torch.tensor(json.load(open(inputs)), dtype=torch.float64)
if shape:
    x = x.reshape(-1, *shape)
if what == "save":
    with torch.no_grad():
        for parameter in model.parameters():
            parameter.add_(torch.randn_like(parameter) * parameter.std().nan_to_num(0.1) / 4)
        for _ in range(3):
            model.train()(torch.randn_like(x, dtype=torch.float32) * 2 + 0.5)
    torch.save(model.state_dict(), file)
else:
    model.load_state_dict(torch.load(file, weights_only=True), strict=True)
with torch.no_grad():
    print(json.dumps(model.eval().double()(x).tolist()))
