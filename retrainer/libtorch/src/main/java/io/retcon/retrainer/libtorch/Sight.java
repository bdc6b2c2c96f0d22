package io.retcon.retrainer.libtorch;

import org.bytedeco.pytorch.Tensor;

import java.util.Optional;

/**
 * Where rows stand and which rows they see.
 *
 * @param cosines of the angles that heads turn by, [texts or 1][1][rows][half of the turned
 *     columns]
 * @param sines alike
 * @param visible [texts][1][rows][rows]; where it is absent a row sees itself and all before it
 */
record Sight(Tensor cosines, Tensor sines, Optional<Tensor> visible) {}
