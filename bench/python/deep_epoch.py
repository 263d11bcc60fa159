"""An epoch of training a network of images by PyTorch, one thread: the peer of TrainingBenchmark.epoch on cifar-10.

    OPENBLAS_NUM_THREADS=1 /usr/bin/python3 bench/python/deep_epoch.py NETWORK EXAMPLES [channels-last]

NETWORK is conv2fc1, vgg16, vgg16-half, vgg16-quarter (or with -bn after vgg16). Takes turns (turns.py). The images are random
numbers that lie in memory ready for use: no reading, no augmentation. Images and kernels lie with channels last if told so.
"""

import sys

import torch

import turns

torch.set_num_threads(1)
name, examples = sys.argv[1], int(sys.argv[2])
layout = torch.channels_last if "channels-last" in sys.argv[3:] else torch.contiguous_format


def conv2fc1():
    layers, channels = [], 3
    for filters in (32, 64):
        layers += [torch.nn.Conv2d(channels, filters, 5, padding=2), torch.nn.ReLU(True), torch.nn.MaxPool2d(3, 2)]
        channels = filters
    return layers + [torch.nn.Flatten(), torch.nn.Linear(3136, 10)]


def vgg16():
    divisor = 4 if name.endswith("quarter") else 2 if name.endswith("half") else 1
    layers, channels = [], 3
    for wide in (64, 64, 0, 128, 128, 0, 256, 256, 256, 0, 512, 512, 512, 0, 512, 512, 512, 0):
        if wide == 0:
            layers.append(torch.nn.MaxPool2d(2))
            continue
        layers.append(torch.nn.Conv2d(channels, wide // divisor, 3, padding=1))
        channels = wide // divisor
        if "-bn" in name:
            layers.append(torch.nn.BatchNorm2d(channels))
        layers.append(torch.nn.ReLU(True))
    layers.append(torch.nn.Flatten())
    for inputs in (channels, 512):
        layers += [torch.nn.Dropout(), torch.nn.Linear(inputs, 512), torch.nn.ReLU(True)]
    return layers + [torch.nn.Linear(512, 10)]


network = torch.nn.Sequential(*(conv2fc1() if name == "conv2fc1" else vgg16())).to(memory_format=layout)
optimizer = torch.optim.SGD(network.parameters(), lr=0.01, momentum=0.9, weight_decay=1e-4)
images = torch.randn(examples, 3, 32, 32).contiguous(memory_format=layout)
labels = torch.randint(0, 10, (examples,))


def epoch():
    total = 0.0
    for batch in torch.randperm(examples).split(128):
        optimizer.zero_grad()
        loss = torch.nn.functional.cross_entropy(network(images[batch]), labels[batch])
        loss.backward()
        optimizer.step()
        total += loss.item()
    return total


turns.take_turns(epoch)
