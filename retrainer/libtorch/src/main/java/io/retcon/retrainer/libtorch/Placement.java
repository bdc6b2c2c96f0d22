package io.retcon.retrainer.libtorch;

import io.retcon.retrainer.engine.Compute;
import io.retcon.retrainer.engine.Precision;
import io.retcon.retrainer.kernels.Floats;
import io.retcon.schemas.RefusedInput;

import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.openblas.global.openblas;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.DeviceOptional;
import org.bytedeco.pytorch.MemoryFormatOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Where a model's tensors lie and in what numbers its products are computed. */
final class Placement {
    private static final ScalarType WIDE = ScalarType.Float;
    private static final ScalarType NARROW = ScalarType.BFloat16;

    private final Compute compute;
    private final Device device;

    private Placement(Compute compute) {
        this.compute = compute;
        this.device = new Device(compute.device());
    }

    /**
     * @throws RefusedInput if there is no such device here
     */
    static Placement of(Compute compute) {
        LoadedTorch.require();
        if (!compute.isOnCpu()) {
            requireGpu(compute.device());
        }
        return new Placement(compute);
    }

    private static void requireGpu(String device) {
        int here = torch.cuda_is_available() ? torch.cuda_device_count() : 0;
        if (Integer.parseInt(device.substring("cuda:".length())) >= here) {
            throw new RefusedInput(
                    here == 0
                            ? "device %s: LibTorch finds no GPU that it can use here: retcon engine check says why"
                                    .formatted(device)
                            : "device %s: there are %d GPUs here, the first is cuda:0"
                                    .formatted(device, here));
        }
    }

    boolean isOnCpu() {
        return compute.isOnCpu();
    }

    @Override
    public String toString() {
        return compute.device();
    }

    /** Threads that share a step's sequences: those of a CPU; a GPU takes them all at once. */
    int crew() {
        return isOnCpu() ? compute.threads() : 1;
    }

    /** How many threads the calling one's operations may use, none of which may give other bits. */
    void useThreads(int count) {
        if (isOnCpu()) {
            torch.globalContext().setDeterministicAlgorithms(true, false);
            torch.set_num_threads(count);
            openblas.blas_set_num_threads(count);
        }
    }

    /** In the numbers of products. */
    Tensor narrow(Tensor tensor) {
        return compute.precision() == Precision.BF16 ? tensor.to(NARROW) : tensor;
    }

    /** In 32-bit floats. */
    Tensor wide(Tensor tensor) {
        return compute.precision() == Precision.BF16 ? tensor.to(WIDE) : tensor;
    }

    /** Zeros of 32-bit floats. */
    Tensor zeros(long... shape) {
        return torch.zeros(shape, new TensorOptions(WIDE).device(device()));
    }

    /** A zero to add losses to. */
    Tensor exactZero() {
        return torch.zeros(new long[] {1}, new TensorOptions(ScalarType.Double).device(device()));
    }

    private DeviceOptional device() {
        return new DeviceOptional(device);
    }

    /** The floats themselves, not a copy. Valid as long as they are. */
    static Tensor over(Floats floats) {
        var pointer = new At(floats.address(0));
        return torch.from_blob(pointer, new long[] {floats.length()}, new TensorOptions(WIDE));
    }

    /** The floats themselves on a CPU, a copy of them on a GPU. */
    Tensor placed(Floats floats) {
        var here = over(floats);
        return isOnCpu() ? here : here.to(device, WIDE);
    }

    Tensor placed(float[] values, long... shape) {
        return moved(Tensor.create(values, shape));
    }

    Tensor placed(long[] values, long... shape) {
        return moved(Tensor.create(values, shape));
    }

    Tensor placed(boolean[] values, long... shape) {
        return moved(Tensor.create(values, shape));
    }

    /** Through pinned memory, so that what was launched before goes on meanwhile. */
    private Tensor moved(Tensor here) {
        return isOnCpu()
                ? here
                : here.pin_memory()
                        .to(device, here.scalar_type(), true, false, new MemoryFormatOptional());
    }

    /** Floats at an address. */
    private static final class At extends FloatPointer {
        At(long address) {
            super((Pointer) null);
            this.address = address;
        }
    }
}
