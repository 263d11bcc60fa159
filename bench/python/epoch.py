"""An epoch of training 784-2000-10 on MNIST by PyTorch, one thread: the peer of TrainingBenchmark.epoch.

    THALWEG_DATA=DIR OPENBLAS_NUM_THREADS=1 /usr/bin/python3 bench/python/epoch.py

takes turns (turns.py). The data set lies in memory as numbers and is gathered batch by batch: no DataLoader, which would
cost more.
"""

import torch

import mnist
import turns

torch.set_num_threads(1)
images, labels = mnist.split("train")
network = torch.nn.Sequential(torch.nn.Linear(784, 2000), torch.nn.ReLU(), torch.nn.Linear(2000, 10))
optimizer = torch.optim.SGD(network.parameters(), lr=0.01, momentum=0.9, weight_decay=1e-4)


def epoch():
    total = 0.0
    for batch in torch.randperm(len(images)).split(128):
        optimizer.zero_grad()
        loss = torch.nn.functional.cross_entropy(network(images[batch]), labels[batch])
        loss.backward()
        optimizer.step()
        total += loss.item()
    return total


turns.take_turns(epoch)
