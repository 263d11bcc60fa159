package org.thalweg.engine;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.thalweg.data.Examples;
import org.thalweg.network.Precision;

/**
 * The labels of a block of N examples, and what logits score on them.
 *
 * <p>The only place where cross-entropy, its derivatives and accuracy are computed. Loss: natural-log cross-entropy. Right: the label's logit is
 * greater than every other, so an output that cannot decide (equal or NaN logits) is wrong, not lucky.
 */
public final class Logits implements Scoring {
    private final DeviceTensor labels; // [1, N] of 64-bit integers

    private Logits(DeviceTensor labels) {
        this.labels = labels;
    }

    /** Returns the scoring of these labels, which lives in the current scope. */
    public static Logits against(int[] labels) {
        return new Logits(DeviceTensor.labels(labels).view(1, labels.length));
    }

    static Logits of(Examples examples, int[] indices) {
        int[] labels = new int[indices.length];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = examples.label(indices[i]);
        }
        return against(labels);
    }

    @Override
    public int count() {
        return labels.extent(1);
    }

    /** Returns the score of logits [classes, N]; O(classes · N). */
    @Override
    public Score score(DeviceTensor logits) {
        return score(logits, 1)[0];
    }

    /**
     * Returns one score per point for logits of rank 3, [points, classes, N]; these are overwritten.
     *
     * <p>With d_j = z_j − z_y for j ≠ y and m = max(0, max_j d_j): loss = m + log(exp(−m) + Σ_j exp(d_j − m)), by log1p, so
     * that the small losses of examples that are clearly right keep their digits in float32.
     */
    @Override
    public Score[] scoreInPlace(DeviceTensor logits) {
        return score(logits, logits.extent(0));
    }

    /** Returns softmax(z) − onehot(label) of logits [classes, N]: the gradient of each example's loss; O(classes · N). */
    @Override
    public DeviceTensor gradient(DeviceTensor logits) {
        DeviceTensor values = softmax(logits);
        values.handle().scatter_(0, labels.handle(), new Scalar(-1.0), "add");
        return values;
    }

    @Override
    public SquaredError squared(int outputs, Precision precision) {
        DeviceTensor oneHot = DeviceTensor.zeros(precision, outputs, count());
        oneHot.handle().scatter_(0, labels.handle(), new Scalar(1.0));
        return new SquaredError(oneHot, 0.5);
    }

    /** Returns p (1 − p) with p = softmax(z) of logits [classes, N]: how curved each example's loss is in each logit. */
    public static DeviceTensor curvature(DeviceTensor logits) {
        DeviceTensor p = softmax(logits);
        return DeviceTensor.of(p.handle().sub(p.handle().square()));
    }

    private static DeviceTensor softmax(DeviceTensor logits) {
        return DeviceTensor.of(torch.softmax(logits.handle(), 0));
    }

    private Score[] score(DeviceTensor logits, int points) {
        boolean many = logits.handle().dim() == 3;
        org.bytedeco.pytorch.Tensor z = many ? logits.handle() : logits.handle().clone();
        long classes = many ? 1 : 0; // dimension of the classes
        org.bytedeco.pytorch.Tensor index =
                many ? labels.handle().expand(points, 1, labels.extent(1)) : labels.handle();
        org.bytedeco.pytorch.Tensor ofLabel = z.gather(classes, index);
        z.scatter_(classes, index, new Scalar(Double.NEGATIVE_INFINITY));
        z.sub_(ofLabel);
        org.bytedeco.pytorch.Tensor excess = z.amax(new long[] {classes}, true);
        org.bytedeco.pytorch.Tensor right = excess.lt(new Scalar(0.0));
        excess.clamp_min_(new Scalar(0.0));
        org.bytedeco.pytorch.Tensor sum = z.sub_(excess).exp_().sum(classes);
        org.bytedeco.pytorch.Tensor m = excess.squeeze(classes);
        sum.add_(m.neg().expm1_()).log1p_().add_(m);
        return totals(sum, right.squeeze(classes), points);
    }

    private static Score[] totals(org.bytedeco.pytorch.Tensor loss, org.bytedeco.pytorch.Tensor right, int points) {
        DeviceTensor losses = DeviceTensor.of(loss.view(points, -1).to(ScalarType.Double));
        DeviceTensor rights = DeviceTensor.of(right.view(points, -1).to(ScalarType.Double));
        double[] lossSums = losses.sum(1).to(Precision.FLOAT64).toDoubles();
        double[] rightSums = rights.sum(1).toDoubles();
        Score[] scores = new Score[points];
        for (int i = 0; i < points; i++) {
            scores[i] = new Score(lossSums[i], Math.round(rightSums[i]));
        }
        return scores;
    }
}
