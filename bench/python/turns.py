"""The peer's side of bench/src/main/java/org/thalweg/bench/Turns.java: one call for each line of standard input."""

import sys
import time


def take_turns(work):
    print("ready", flush=True)
    for _ in sys.stdin:
        start = time.perf_counter()
        work()
        print(f"{time.perf_counter() - start:.6f}", flush=True)
