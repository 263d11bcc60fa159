package org.thalweg.connect;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;

/**
 * Minimises a strongly convex function by limited-memory BFGS (Nocedal 1980) with a preconditioner in the place of the scaled
 * identity. Plain Java; the function does the heavy work.
 *
 * <p>Steps of length 1 are tried first. A step is taken if F fell enough (Armijo), or if the slope at its end is not positive
 * yet (then, F being convex, it fell all along); else it is cut where a straight line through both slopes is zero. The
 * gradient at a step's end is known anyway, so a step that is taken costs one evaluation.
 *
 * <p>Stops on a certificate: F(w) − min F ≤ ‖∇F(w)‖² / 2λ for a λ-strongly convex F.
 *
 * @param objective what to minimise
 * @param preconditioner an approximation of the inverse Hessian
 * @param tolerance the certificate to reach, positive
 */
record ConvexMinimizer(Objective objective, Preconditioner preconditioner, double tolerance) {
    private static final int MEMORY = 20; // pairs of steps and gradient changes that are remembered
    private static final int REFRESH = 20; // steps after which the preconditioner is made anew
    private static final double FALL = 1e-4; // share of the fall that the slope promises (Armijo)
    private static final int MOST_CUTS = 40; // of a step: each halves it or more, so rounding is all that is left
    private static final int PATIENCE = 50; // steps in which the certificate must fall by a tenth

    /** A strongly convex function of a vector. */
    interface Objective {
        /** Returns value and gradient. */
        Evaluation at(Vector w);

        /** Returns λ such that F − λ/2 ‖·‖² is convex. */
        double convexity();

        /** Returns the nearest vector that may be the answer. */
        Vector representable(Vector w);
    }

    /** Value and gradient at a point. */
    record Evaluation(double value, Vector gradient) {}

    /** Approximates the inverse Hessian by a symmetric positive definite matrix. One thread. */
    interface Preconditioner {
        /** Adapts to the point {@code w}. */
        void moveTo(Vector w);

        /** Returns the matrix times {@code gradient}. */
        Vector apply(Vector gradient);
    }

    /**
     * Where it ended.
     *
     * @param w the vector
     * @param value F there
     * @param certificate the most that F there can lie above its least value
     * @param evaluations how often F was evaluated
     */
    record Minimum(Vector w, double value, double certificate, int evaluations) {}

    /** A step and how the gradient changed over it. */
    private record Pair(Vector step, Vector change) {
        double product() {
            return step.dot(change);
        }
    }

    /** A point and what F is there. */
    private record Place(Vector w, Evaluation f) {}

    /**
     * Returns a vector whose certificate is at most the tolerance.
     *
     * @throws NoConvergenceException if rounding keeps it from getting there, or F is not finite at the start
     */
    Minimum minimise(Vector start) {
        return new Run().from(start);
    }

    /** One minimisation. */
    private final class Run {
        private final Deque<Pair> pairs = new ArrayDeque<>(); // newest first
        private int evaluations;

        Minimum from(Vector start) {
            Place here = place(start);
            if (!Double.isFinite(here.f().value())) {
                throw noConvergence(here);
            }
            double goal = Double.POSITIVE_INFINITY; // what the certificate must fall under before patience ends
            int patience = PATIENCE;
            for (int step = 0; certificate(here) > tolerance; step++) {
                if (certificate(here) < goal) {
                    goal = 0.9 * certificate(here);
                    patience = PATIENCE;
                } else if (--patience == 0) {
                    throw noConvergence(here);
                }
                if (step % REFRESH == 0) {
                    preconditioner.moveTo(here.w());
                }
                Place there = step(here);
                remember(here, there);
                here = there;
            }
            return new Minimum(here.w(), here.f().value(), certificate(here), evaluations);
        }

        private NoConvergenceException noConvergence(Place here) {
            return new NoConvergenceException(certificate(here), tolerance, evaluations);
        }

        private Place place(Vector w) {
            Vector representable = objective.representable(w);
            evaluations++;
            return new Place(representable, objective.at(representable));
        }

        private Place step(Place here) {
            Vector direction = direction(here.f().gradient());
            double slope = direction.dot(here.f().gradient());
            double length = 1;
            for (int cut = 0; cut < MOST_CUTS; cut++) {
                Place there = place(here.w().plus(length, direction));
                double end = direction.dot(there.f().gradient());
                boolean fell = there.f().value() <= here.f().value() + FALL * length * slope;
                // near the minimum values drown in rounding before slopes do, hence the second test
                if ((fell || (end <= 0 && end > slope)) && !same(here, there)) {
                    return there;
                }
                double zero = slope / (slope - end); // share of the step where the slope is zero
                length *= zero > 0.1 && zero < 0.5 ? zero : 0.1;
            }
            throw noConvergence(here);
        }

        /** Returns −H g by the two-loop recursion. */
        private Vector direction(Vector gradient) {
            Vector q = gradient;
            double[] alphas = new double[pairs.size()];
            int i = 0;
            for (Pair pair : pairs) {
                alphas[i] = pair.step().dot(q) / pair.product();
                q = q.plus(-alphas[i++], pair.change());
            }
            Vector r = preconditioner.apply(q);
            for (Iterator<Pair> oldest = pairs.descendingIterator(); oldest.hasNext(); ) {
                Pair pair = oldest.next();
                r = r.plus(alphas[--i] - pair.change().dot(r) / pair.product(), pair.step());
            }
            return r.times(-1);
        }

        private void remember(Place here, Place there) {
            Pair pair = new Pair(
                    there.w().plus(-1, here.w()),
                    there.f().gradient().plus(-1, here.f().gradient()));
            if (pair.product() > 0) { // by strong convexity; rounding can break it where nothing is left to gain
                pairs.addFirst(pair);
            }
            if (pairs.size() > MEMORY) {
                pairs.removeLast();
            }
        }
    }

    private static boolean same(Place here, Place there) {
        return Arrays.equals(here.w().toArray(), there.w().toArray());
    }

    /** Returns the bound on F(w) − min F; NaN counts as no bound. */
    private double certificate(Place at) {
        double certificate = at.f().gradient().squared() / (2 * objective.convexity());
        return Double.isNaN(certificate) ? Double.POSITIVE_INFINITY : certificate;
    }
}
