"""Compares two commands that take turns: A B A B ..., so that both meet the same load.

    /usr/bin/python3 bench/python/side_by_side.py [--pairs N] [--warm-up N] "COMMAND A" "COMMAND B"

Each command speaks the protocol of turns.py and bench/run Turns. Prints medians with quartiles of the seconds of both and of
the ratio B / A within each pair, by the clock and by processor time: the latter says what one thread did while others used
its core, and is printed last.
"""

import argparse
import os
import shlex
import statistics
import subprocess


class Side:
    """A process that takes turns; ready when made, so that two sides never build or load at the same time."""

    def __init__(self, command):
        self.process = subprocess.Popen(shlex.split(command), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        while self._line().strip() != "ready":
            pass

    def turn(self):
        """Returns seconds by the clock and seconds of processor time of one turn."""
        before = self._processor_seconds()
        self.process.stdin.write("\n")
        self.process.stdin.flush()
        seconds = float(self._line())
        return seconds, self._processor_seconds() - before

    def _line(self):
        line = self.process.stdout.readline()
        if not line:
            raise SystemExit("a side ended early; its errors are above")
        return line

    def _processor_seconds(self):
        with open(f"/proc/{self.process.pid}/stat") as file:
            fields = file.read().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def end(self):
        self.process.stdin.close()
        self.process.wait()


def spread(values):
    low, middle, high = statistics.quantiles(values, n=4) if len(values) > 1 else values * 3
    return f"{middle:.4g} ({low:.4g} .. {high:.4g})"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pairs", type=int, default=9)
    parser.add_argument("--warm-up", type=int, default=2)
    parser.add_argument("a")
    parser.add_argument("b")
    arguments = parser.parse_args()
    sides = [Side(arguments.a), Side(arguments.b)]
    for _ in range(arguments.warm_up):
        for side in sides:
            side.turn()
    pairs = [[side.turn() for side in sides] for _ in range(arguments.pairs)]
    for side in sides:
        side.end()
    print(f"{arguments.pairs} pairs; median (quartiles)")
    for kind, name in enumerate(("clock", "processor")):
        a = [pair[0][kind] for pair in pairs]
        b = [pair[1][kind] for pair in pairs]
        ratios = [y / x for x, y in zip(a, b) if x > 0]
        print(f"{name:9}  A {spread(a)} s   B {spread(b)} s   B/A {spread(ratios)}")


main()
