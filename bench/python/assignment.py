"""SciPy's assignment of the costs in a file of costs.py: the peer of AssignmentBenchmark.solve.

    /usr/bin/python3 bench/python/assignment.py FILE
"""

import math
import sys

import numpy
from scipy.optimize import linear_sum_assignment

import turns

costs = numpy.fromfile(sys.argv[1], dtype="<f8")
costs = costs.reshape(math.isqrt(len(costs)), -1)
turns.take_turns(lambda: linear_sum_assignment(costs))
