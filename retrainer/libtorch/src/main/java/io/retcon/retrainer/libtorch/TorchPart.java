package io.retcon.retrainer.libtorch;

import org.bytedeco.pytorch.Tensor;

/** A part of a network: rows in, rows out, both [texts][rows of a text][columns]. */
interface TorchPart {
    Tensor of(Tensor x, Sight sight);
}
