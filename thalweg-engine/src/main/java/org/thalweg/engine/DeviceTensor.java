package org.thalweg.engine;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.pytorch.MemoryFormatOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.MemoryFormat;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.thalweg.network.Precision;
import org.thalweg.network.Shape;
import org.thalweg.network.Tensor;
import org.thalweg.network.Window;

/**
 * A block of numbers in native memory and the verbs that compute on it.
 *
 * <p>Belongs to the {@link Scope} it was made in and must not be used after that is closed. Verbs return new tensors unless
 * their name ends in {@code InPlace}; {@code narrow} and {@code transposed} return views that share memory. Not for
 * writing by several threads; reading by several is safe.
 */
public final class DeviceTensor implements AutoCloseable {
    private static final AtomicLong LIVE_BYTES = new AtomicLong();
    private static final AtomicLong PEAK_BYTES = new AtomicLong();

    private final org.bytedeco.pytorch.Tensor handle;
    private final long bytes;
    private boolean open = true;

    private DeviceTensor(org.bytedeco.pytorch.Tensor handle) {
        this.handle = handle;
        this.bytes = handle.nbytes();
        Scope.register(this);
        long live = LIVE_BYTES.addAndGet(bytes);
        if (live > PEAK_BYTES.get()) {
            PEAK_BYTES.accumulateAndGet(live, Math::max);
        }
    }

    static DeviceTensor of(org.bytedeco.pytorch.Tensor handle) {
        return new DeviceTensor(handle);
    }

    static long liveBytes() {
        return LIVE_BYTES.get();
    }

    static long peakBytes() {
        return PEAK_BYTES.get();
    }

    org.bytedeco.pytorch.Tensor handle() {
        if (!open) {
            throw new IllegalStateException("a tensor was used after its scope was closed.");
        }
        return handle;
    }

    void forget() {
        if (open) {
            open = false;
            LIVE_BYTES.addAndGet(-bytes);
        }
    }

    /** Frees a tensor that {@link Scope#keep} handed to the caller; one that a scope owns is freed by the scope. */
    @Override
    public void close() {
        if (open) {
            forget();
            handle.deallocate();
        }
    }

    private static ScalarType type(Precision precision) {
        return precision == Precision.FLOAT32 ? ScalarType.Float : ScalarType.Double;
    }

    private static long[] extents(int... shape) {
        long[] extents = new long[shape.length];
        for (int i = 0; i < shape.length; i++) {
            extents[i] = shape[i];
        }
        return extents;
    }

    /** Returns a copy of weights in native memory, in their precision. */
    public static DeviceTensor of(Tensor tensor) {
        int[] shape = tensor.shape().toArray();
        return tensor.precision() == Precision.FLOAT32 ? of(tensor.toFloats(), shape) : of(tensor.toDoubles(), shape);
    }

    /** Returns a copy of {@code values}, row-major. */
    public static DeviceTensor of(float[] values, int... shape) {
        DeviceTensor made = empty(Precision.FLOAT32, shape);
        new FloatPointer(made.handle.data_ptr_float()).put(values);
        return made;
    }

    /** Returns a copy of {@code values}, row-major. */
    public static DeviceTensor of(double[] values, int... shape) {
        DeviceTensor made = empty(Precision.FLOAT64, shape);
        new DoublePointer(made.handle.data_ptr_double()).put(values);
        return made;
    }

    /** Returns unsigned bytes as numbers 0 … 255 of {@code precision}, row-major. */
    public static DeviceTensor ofUnsigned(byte[] values, Precision precision, int... shape) {
        DeviceTensor bytes = of(torch.empty(extents(shape), new TensorOptions(ScalarType.Byte), null));
        bytes.handle.data_ptr_byte().put(values);
        return of(bytes.handle.to(type(precision)));
    }

    static DeviceTensor labels(int[] labels) {
        long[] wide = new long[labels.length];
        for (int i = 0; i < wide.length; i++) {
            wide[i] = labels[i];
        }
        DeviceTensor made = of(torch.empty(extents(labels.length), new TensorOptions(ScalarType.Long), null));
        made.handle.data_ptr_long().put(wide);
        return made;
    }

    static DeviceTensor empty(Precision precision, int... shape) {
        return of(torch.empty(extents(shape), new TensorOptions(type(precision)), null));
    }

    /** Returns images [N, c, h, w] of any content, channels last in memory. */
    static DeviceTensor emptyImages(Precision precision, int... shape) {
        return of(torch.empty(
                extents(shape),
                new TensorOptions(type(precision)),
                new MemoryFormatOptional(MemoryFormat.ChannelsLast)));
    }

    /** Returns a tensor of zeros. */
    public static DeviceTensor zeros(Precision precision, int... shape) {
        return of(torch.zeros(extents(shape), new TensorOptions(type(precision))));
    }

    /** Returns a tensor of ones. */
    public static DeviceTensor ones(Precision precision, int... shape) {
        return of(torch.ones(extents(shape), new TensorOptions(type(precision))));
    }

    /** Returns the precision. */
    public Precision precision() {
        ScalarType type = handle().scalar_type().intern(); // JavaCPP returns a new object for each call
        return type == ScalarType.Double ? Precision.FLOAT64 : Precision.FLOAT32;
    }

    /** Returns the extent of a dimension. */
    public int extent(int dimension) {
        return Math.toIntExact(handle().size(dimension));
    }

    /** Returns the number of dimensions. */
    int rank() {
        return Math.toIntExact(handle().dim());
    }

    /** Returns the extents. */
    int[] shape() {
        int[] shape = new int[rank()];
        for (int i = 0; i < shape.length; i++) {
            shape[i] = extent(i);
        }
        return shape;
    }

    /** Returns the number of values. */
    int elements() {
        return Math.toIntExact(handle().numel());
    }

    /** Returns a copy of the values on the Java heap, row-major. */
    public double[] toDoubles() {
        org.bytedeco.pytorch.Tensor whole = handle().to(ScalarType.Double).contiguous();
        double[] values = new double[Math.toIntExact(whole.numel())];
        whole.data_ptr_double().get(values);
        return values;
    }

    /** Returns a copy of the values as weights, in this precision. */
    public Tensor toTensor() {
        int[] shape = shape();
        if (precision() == Precision.FLOAT64) {
            return Tensor.owning(Shape.of(shape), toDoubles());
        }
        org.bytedeco.pytorch.Tensor whole = handle.contiguous();
        float[] values = new float[Math.toIntExact(whole.numel())];
        whole.data_ptr_float().get(values);
        return Tensor.owning(Shape.of(shape), values);
    }

    /** Returns whether this is another view of the same memory. */
    boolean sharesMemoryWith(DeviceTensor other) {
        return handle().is_alias_of(other.handle());
    }

    /** Returns the values in another precision; this tensor itself if it has it already. */
    public DeviceTensor to(Precision precision) {
        return precision == precision() ? this : of(handle().to(type(precision)));
    }

    /** Returns a view of {@code length} slices along {@code dimension}, from {@code from} on. */
    public DeviceTensor narrow(int dimension, int from, int length) {
        return of(handle().narrow(dimension, from, length));
    }

    /** Returns the same values, row-major, in another shape, copied where they lie in another order. */
    public DeviceTensor reshaped(int... shape) {
        return of(handle().reshape(extents(shape)));
    }

    /** Returns a view of a matrix with rows and columns exchanged. */
    public DeviceTensor transposed() {
        return of(handle().t());
    }

    /** Returns a view of the same values, row-major, in another shape; -1 stands for the extent that is left. */
    public DeviceTensor view(int... shape) {
        return of(handle().view(extents(shape)));
    }

    /** Returns a matrix with rows and columns exchanged, a view; images as they are: examples then come first. */
    DeviceTensor turned() {
        return rank() == 2 ? transposed() : this;
    }

    /** Returns columns [c·h·w, N] as images [N, c, h, w] of {@code shape} [c, h, w], channels last in memory. */
    DeviceTensor images(Shape shape) {
        long[] extents = {extent(1), shape.extent(0), shape.extent(1), shape.extent(2)};
        return of(handle().t().reshape(extents).contiguous(MemoryFormat.ChannelsLast));
    }

    /** Returns images [N, c, h, w] as columns [c·h·w, N]. */
    DeviceTensor columns() {
        return of(handle().reshape(extent(0), -1).t());
    }

    /** Returns kernels [n, c, k, k] with channels last in memory; other tensors as they are. */
    public DeviceTensor channelsLast() {
        return rank() == 4 ? of(handle().contiguous(MemoryFormat.ChannelsLast)) : this;
    }

    /** Returns the rows of these indices, in their order. */
    public DeviceTensor rows(int[] indices) {
        return of(handle().index_select(0, labels(indices).handle()));
    }

    /** Returns the columns of these indices, in their order. */
    public DeviceTensor columns(int[] indices) {
        return of(handle().index_select(1, labels(indices).handle()));
    }

    /**
     * Returns what a convolution's window sees of images [N, c, h, w], one column per position of the window, example by
     * example: [c · size · size, N · positions].
     */
    public DeviceTensor patches(Window window) {
        org.bytedeco.pytorch.Tensor seen = torch.im2col(
                handle(),
                KernelArguments.both(window.size()),
                KernelArguments.both(1), // dilation
                KernelArguments.both(window.padding()),
                KernelArguments.both(window.stride())); // [N, c size size, positions]
        return of(seen.permute(1, 0, 2).contiguous()).view(Math.toIntExact(seen.size(1)), -1);
    }

    /** Returns images [N, c, h, w] with one row per channel: [c, N · h · w]. */
    public DeviceTensor channelRows() {
        return of(handle().permute(1, 0, 2, 3).contiguous()).view(extent(1), -1);
    }

    /** Returns the matrix product; of rank 3, product by product. */
    public DeviceTensor times(DeviceTensor right) {
        return of(handle().matmul(right.handle()));
    }

    /** Returns this plus {@code left} times {@code right}, this being repeated along extents of 1; one kernel. */
    public DeviceTensor plusProduct(DeviceTensor left, DeviceTensor right) {
        return of(torch.addmm(handle(), left.handle(), right.handle()));
    }

    /** Sets this matrix to {@code left} times {@code right}, plus a column if there is one; one kernel. */
    DeviceTensor setProduct(DeviceTensor left, DeviceTensor right, Optional<DeviceTensor> column) {
        if (column.isPresent()) {
            torch.addmm_out(handle(), column.get().handle(), left.handle(), right.handle());
        } else {
            torch.mm_out(handle(), left.handle(), right.handle());
        }
        return this;
    }

    /** Sets this matrix to {@code factor} times itself plus {@code left} times {@code right}; one kernel. */
    public DeviceTensor blendProduct(double factor, DeviceTensor left, DeviceTensor right) {
        handle().addmm_(left.handle(), right.handle(), new Scalar(factor), new Scalar(1.0));
        return this;
    }

    /** Returns the sum, the smaller operand repeated along extents of 1. */
    public DeviceTensor plus(DeviceTensor other) {
        return of(handle().add(other.handle()));
    }

    /** Returns the difference, the smaller operand repeated along extents of 1. */
    public DeviceTensor minus(DeviceTensor other) {
        return of(handle().sub(other.handle()));
    }

    /** Returns {@code factor} times this tensor. */
    public DeviceTensor times(double factor) {
        return of(handle().mul(new Scalar(factor)));
    }

    /** Returns the product element by element, both repeated along extents of 1. */
    public DeviceTensor product(DeviceTensor other) {
        return of(handle().mul(other.handle()));
    }

    /** Returns max(x, 0). */
    public DeviceTensor relu() {
        return of(handle().relu());
    }

    /** Replaces x by max(x, 0). */
    public DeviceTensor reluInPlace() {
        handle().relu_();
        return this;
    }

    /** Adds {@code factor} times {@code other}, which is repeated along extents of 1. */
    public DeviceTensor addInPlace(DeviceTensor other, double factor) {
        handle().add_(other.handle(), new Scalar(factor));
        return this;
    }

    /** Multiplies by {@code factor}. */
    public DeviceTensor scaleInPlace(double factor) {
        handle().mul_(new Scalar(factor));
        return this;
    }

    /** Adds {@code left} times {@code right} element by element, both repeated along extents of 1. */
    public DeviceTensor addProductInPlace(DeviceTensor left, DeviceTensor right) {
        handle().addcmul_(left.handle(), right.handle(), new Scalar(1.0));
        return this;
    }

    /** Returns {@code count} copies, stacked along a new outermost dimension. */
    public DeviceTensor repeated(int count) {
        return of(handle().unsqueeze(0).repeat(count, 1, 1));
    }

    /** Returns a copy, row-major. */
    public DeviceTensor copied() {
        return of(handle().contiguous().clone());
    }

    /** Adds {@code value} to every element. */
    public DeviceTensor shiftInPlace(double value) {
        handle().add_(new Scalar(value));
        return this;
    }

    /** Multiplies element by element, {@code other} repeated along extents of 1. */
    public DeviceTensor scaleInPlace(DeviceTensor other) {
        handle().mul_(other.handle());
        return this;
    }

    /** Sets this tensor to {@code factor} times {@code other}, of the same shape. */
    public DeviceTensor setScaled(DeviceTensor other, double factor) {
        torch.mul_out(handle(), other.handle(), new Scalar(factor));
        return this;
    }

    /** Sets this tensor to (1−t)·{@code start} + t·{@code end}, of the same shape; one pass over the three. */
    public DeviceTensor setBetween(DeviceTensor start, DeviceTensor end, double t) {
        torch.lerp_out(handle(), start.handle(), end.handle(), new Scalar(t));
        return this;
    }

    /** Copies the values of {@code other} over these, converted to this precision. */
    public DeviceTensor copyFrom(DeviceTensor other) {
        handle().copy_(other.handle());
        return this;
    }

    /** Returns the sums over one dimension, which remains with extent 1. */
    public DeviceTensor sum(int dimension) {
        return of(handle().sum(new long[] {dimension}, true, new ScalarTypeOptional()));
    }

    /** Returns e to the power of each element. */
    public DeviceTensor exp() {
        return of(handle().exp());
    }

    /** Replaces each element by its hyperbolic tangent. */
    public DeviceTensor tanhInPlace() {
        handle().tanh_();
        return this;
    }

    /** Returns the square roots. */
    public DeviceTensor root() {
        return of(handle().sqrt());
    }

    /** Adds {@code factor} times {@code numerator} / {@code denominator}, element by element. */
    public DeviceTensor addQuotientInPlace(DeviceTensor numerator, DeviceTensor denominator, double factor) {
        handle().addcdiv_(numerator.handle(), denominator.handle(), new Scalar(factor));
        return this;
    }

    /** Returns these values where {@code active} is positive, 0 elsewhere: the gradient of {@code active = max(x, 0)}. */
    public DeviceTensor whereActive(DeviceTensor active) {
        return of(torch.threshold_backward(handle(), active.handle(), new Scalar(0.0)));
    }

    /** Returns the rows of this matrix and, below them, those of {@code below}. */
    public DeviceTensor atop(DeviceTensor below) {
        DeviceTensor both = empty(precision(), extent(0) + below.extent(0), extent(1));
        both.narrow(0, 0, extent(0)).copyFrom(this);
        both.narrow(0, extent(0), below.extent(0)).copyFrom(below);
        return both;
    }

    /** Returns the greatest absolute value; NaN if there is a NaN. */
    public double greatestMagnitude() {
        return handle().abs().max().item_double();
    }

    /** Returns the sum of all elements, added up in float64. */
    public double total() {
        return handle().sum(new ScalarTypeOptional(ScalarType.Double)).item_double();
    }

    /** Returns the squares. */
    public DeviceTensor squared() {
        return of(handle().square());
    }

    /** Returns whether no element is NaN or infinite. */
    public boolean isFinite() {
        return handle().isfinite().all().item_double() != 0;
    }
}
