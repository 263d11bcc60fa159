"""Made the models beside it, with PyTorch 1.13.0 on 2026-11-24:  python3 export.py FOLDER_OF_THIS FILE  (mlp.zip.pt)"""

import json
import sys

import torch

folder, mlp_file = sys.argv[1:]


class Named(torch.nn.Module):
    """One Gemm, and one MatMul without a bias."""

    def __init__(self):
        super().__init__()
        self.fc1 = torch.nn.Linear(6, 5)
        self.out = torch.nn.Linear(5, 3, bias=False)

    def forward(self, x):
        return self.out(torch.relu(self.fc1(x)))


class Convolutions(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.c1 = torch.nn.Conv2d(2, 4, 3, padding=1, stride=2)
        self.c2 = torch.nn.Conv2d(4, 3, 3)
        self.pool = torch.nn.MaxPool2d(2, 2)
        self.fc = torch.nn.Linear(12, 3)

    def forward(self, x):
        x = torch.relu(self.c1(x))
        x = self.pool(torch.relu(self.c2(x)))
        return torch.softmax(self.fc(torch.flatten(x, 1)), 1)


class Residual(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.fc1 = torch.nn.Linear(6, 6)

    def forward(self, x):
        return x + self.fc1(x)


torch.manual_seed(0)
mlp = torch.nn.Sequential(torch.nn.Linear(6, 5), torch.nn.ReLU(), torch.nn.Linear(5, 3))
mlp.load_state_dict(torch.load(mlp_file))
named = Named()
images = torch.nn.Sequential(torch.nn.Flatten(), torch.nn.Linear(8, 3), torch.nn.ReLU(), torch.nn.Dropout(0.5), torch.nn.Linear(3, 2))
norm = torch.nn.Sequential(
    torch.nn.Conv2d(2, 4, 3), torch.nn.BatchNorm2d(4), torch.nn.ReLU(), torch.nn.MaxPool2d(2), torch.nn.Flatten(), torch.nn.Linear(36, 3)
).eval()
torch.onnx.export(mlp, torch.zeros(1, 6), f"{folder}/mlp.onnx")
torch.onnx.export(named, torch.zeros(1, 6), f"{folder}/gemm.onnx")
torch.onnx.export(named, torch.zeros(2, 1, 6), f"{folder}/matmul.onnx")  # of rank 3, so MatMul and Add
torch.onnx.export(images, torch.zeros(1, 2, 2, 2), f"{folder}/images.onnx", training=torch.onnx.TrainingMode.PRESERVE)
torch.onnx.export(Convolutions().eval(), torch.zeros(1, 2, 14, 14), f"{folder}/convolutions.onnx")
torch.onnx.export(
    norm, torch.zeros(1, 2, 8, 8), f"{folder}/batchnorm.onnx", do_constant_folding=False, training=torch.onnx.TrainingMode.PRESERVE
)
torch.onnx.export(Residual(), torch.zeros(1, 6), f"{folder}/residual.onnx")
with open(f"{folder}/expected.json", "w") as out:
    json.dump({name: tensor.tolist() for name, tensor in named.state_dict().items()}, out)
