package org.thalweg.evaluate;

import org.thalweg.data.Examples;

/** Measures one leg at positions of its choice. */
interface LegSampler {
    /** Returns the positions s, ascending, 0 and 1 included. */
    double[] positions();

    /** Returns the multiply-adds within layers that one example takes. */
    double multiplyAdds();

    /** Returns the scores of one split at these positions. */
    SplitProfile sample(Examples examples);
}
