package org.thalweg.assign;

import java.util.random.RandomGenerator;

/** Random cost matrices of the kinds that are hard in different ways. */
enum CostFamily {
    UNIFORM {
        @Override
        double cost(int row, int column, Points points, RandomGenerator random) {
            return random.nextDouble();
        }
    },
    /** Ties everywhere. */
    FEW_VALUES {
        @Override
        double cost(int row, int column, Points points, RandomGenerator random) {
            return random.nextInt(10);
        }
    },
    /** Nothing but ties. */
    EQUAL {
        @Override
        double cost(int row, int column, Points points, RandomGenerator random) {
            return 0.1;
        }
    },
    /** Both signs. */
    NEGATIVE {
        @Override
        double cost(int row, int column, Points points, RandomGenerator random) {
            return 2 * random.nextDouble() - 1.5;
        }
    },
    /** Machol and Wien's matrices, on which augmenting paths are long. */
    PRODUCT {
        @Override
        double cost(int row, int column, Points points, RandomGenerator random) {
            return (row + 1.0) * (column + 1.0);
        }
    },
    /** Distances of points in the plane. */
    GEOMETRIC {
        @Override
        double cost(int row, int column, Points points, RandomGenerator random) {
            return Math.sqrt(points.squaredDistance(row, column, 2));
        }
    },
    /** Squared distances of vectors of which most are small and many nearly the same, as neurons of trained networks are. */
    NEURONS {
        @Override
        double cost(int row, int column, Points points, RandomGenerator random) {
            return points.squaredDistance(row, column, Points.LENGTH);
        }
    },
    /** Sixteen orders of magnitude. */
    SPREAD {
        @Override
        double cost(int row, int column, Points points, RandomGenerator random) {
            return Math.pow(10, 16 * random.nextDouble() - 8);
        }
    },
    /** Mostly forbidden; a cyclic shift is always allowed. */
    SPARSE {
        @Override
        double cost(int row, int column, Points points, RandomGenerator random) {
            double cost = random.nextDouble();
            boolean allowed = column - row == 1 || row - column == points.size - 1 || random.nextInt(5) == 0;
            return allowed ? cost : Double.POSITIVE_INFINITY;
        }
    },
    /** Sparse and full of ties. */
    SPARSE_FEW_VALUES {
        @Override
        double cost(int row, int column, Points points, RandomGenerator random) {
            double cost = random.nextInt(4);
            boolean allowed = row == column || random.nextInt(3) == 0;
            return allowed ? cost : Double.POSITIVE_INFINITY;
        }
    };

    abstract double cost(int row, int column, Points points, RandomGenerator random);

    CostMatrix matrix(int n, RandomGenerator random) {
        return matrix(n, n, random);
    }

    CostMatrix matrix(int rows, int columns, RandomGenerator random) {
        Points points = new Points(Math.max(rows, columns), random);
        double[] costs = new double[rows * columns];
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                costs[i * columns + j] = cost(i, j, points, random);
            }
        }
        return CostMatrix.owning(rows, columns, costs);
    }

    /** Says whether all sums of costs are exact in double, so that rounding excuses nothing. */
    boolean isExact() {
        return this == FEW_VALUES || this == PRODUCT || this == SPARSE_FEW_VALUES;
    }

    /** One point for each row and column: near one of a few centres, most of them scaled towards 0. */
    static final class Points {
        static final int LENGTH = 6;

        final int size;
        private final double[] rows;
        private final double[] columns;

        Points(int size, RandomGenerator random) {
            this.size = size;
            double[] centres = random.doubles(4L * LENGTH, -1, 1).toArray();
            rows = draw(centres, random);
            columns = draw(centres, random);
        }

        private double[] draw(double[] centres, RandomGenerator random) {
            double[] points = new double[size * LENGTH];
            for (int i = 0; i < size; i++) {
                int centre = random.nextInt(4);
                double scale = Math.pow(random.nextDouble(), 4);
                for (int d = 0; d < LENGTH; d++) {
                    points[i * LENGTH + d] = scale * centres[centre * LENGTH + d] + 0.02 * random.nextDouble();
                }
            }
            return points;
        }

        double squaredDistance(int row, int column, int dimensions) {
            double sum = 0;
            for (int d = 0; d < dimensions; d++) {
                double difference = rows[row * LENGTH + d] - columns[column * LENGTH + d];
                sum += difference * difference;
            }
            return sum;
        }
    }
}
