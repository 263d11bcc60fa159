"""Prints the least assignment cost of each matrix, one per line, as SciPy finds it.

usage: scipy_costs.py (SIZE FILE)...    FILE holds SIZE x SIZE little-endian doubles, row by row
"""

import sys

import numpy
from scipy.optimize import linear_sum_assignment

for size, file in zip(sys.argv[1::2], sys.argv[2::2]):
    costs = numpy.fromfile(file, dtype="<f8").reshape(int(size), int(size))
    print(repr(float(costs[linear_sum_assignment(costs)].sum())))
