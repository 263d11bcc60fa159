"""An epoch of training a curve of three points between two networks 784-2000-10 on MNIST by PyTorch, one thread: the peer of
CurveBenchmark.epoch.

    THALWEG_DATA=DIR OPENBLAS_NUM_THREADS=1 /usr/bin/python3 bench/python/curve_epoch.py [autograd | by-hand]

takes turns (turns.py). `autograd` is how one writes it: the weights at t, and their decay, are part of the loss, and SGD moves
the control. `by-hand` spares what can be spared: the gradient is taken at the weights at t, and two more passes over the
weights move the control. The data set lies in memory as numbers and is gathered batch by batch.
"""

import sys

import torch

import mnist
import turns

RATE, MOMENTUM, DECAY = 0.05, 0.9, 1e-4

torch.set_num_threads(1)
images, labels = mnist.split("train")


def parameters():
    hidden, output = torch.nn.Linear(784, 2000), torch.nn.Linear(2000, 10)
    return [p.detach() for p in (hidden.weight, hidden.bias, output.weight, output.bias)]


ends = parameters(), parameters()
control = [(a + b) / 2 for a, b in zip(*ends)]


def loss_at(weights, batch):
    hidden = torch.relu(torch.nn.functional.linear(images[batch], weights[0], weights[1]))
    return torch.nn.functional.cross_entropy(torch.nn.functional.linear(hidden, weights[2], weights[3]), labels[batch])


def segment(t):
    """Returns the resting end of the segment that t lies on, and the coefficient of the trained control."""
    return (ends[0], 2 * t) if t < 0.5 else (ends[1], 2 - 2 * t)


def autograd():
    inner = [w.requires_grad_(True) for w in control]
    optimizer = torch.optim.SGD(inner, lr=RATE, momentum=MOMENTUM)

    def step(batch, t):
        end, c = segment(t)
        weights = [(1 - c) * e + c * w for e, w in zip(end, inner)]
        loss = loss_at(weights, batch)
        decay = sum((w * w).sum() for w in weights)
        optimizer.zero_grad()
        (loss + DECAY / 2 * decay).backward()
        optimizer.step()
        return loss.item()

    return step


def by_hand():
    points = [torch.empty_like(w).requires_grad_(True) for w in control]
    velocities = [torch.zeros_like(w) for w in control]

    def step(batch, t):
        end, c = segment(t)
        with torch.no_grad():
            for p, e, w in zip(points, end, control):
                torch.lerp(e, w, c, out=p)
        loss = loss_at(points, batch)
        gradients = torch.autograd.grad(loss, points)
        with torch.no_grad():
            for p, g, v, w in zip(points, gradients, velocities, control):
                v.mul_(MOMENTUM).add_(g.add_(p, alpha=DECAY), alpha=c)
                w.add_(v, alpha=-RATE)
        return loss.item()

    return step


step = {"autograd": autograd, "by-hand": by_hand}[sys.argv[1] if len(sys.argv) > 1 else "autograd"]()


def epoch():
    batches = torch.randperm(len(images)).split(128)
    return sum(step(batch, t) for batch, t in zip(batches, torch.rand(len(batches)).tolist()))


turns.take_turns(epoch)
