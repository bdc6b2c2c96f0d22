package io.retcon.retrainer.layer;

import io.retcon.retrainer.kernels.AttentionKernel;
import io.retcon.retrainer.kernels.BranchAttentionKernel;
import io.retcon.retrainer.kernels.Heads;
import io.retcon.retrainer.kernels.Matrix;
import io.retcon.retrainer.kernels.RotaryKernel;
import io.retcon.retrainer.kernels.Store;

/** dense(attention(rotated queries, rotated keys, values)). */
public final class SelfAttention implements Layer {
    private final QkvColumns columns;
    private final Linear projection;
    private final QueryKeyNorm norm;
    private final Linear dense;
    private final RotaryKernel rotary;
    private final AttentionKernel kernel;
    private final BranchAttentionKernel branches;
    private final Matrix projected;
    private final Matrix context;
    private final float[] logs;
    private final Matrix dprojected;
    private final Matrix dcontext;

    public SelfAttention(
            QkvColumns columns,
            Linear projection,
            QueryKeyNorm norm,
            Linear dense,
            RotaryKernel rotary,
            AttentionKernel kernel,
            BranchAttentionKernel branches,
            Workspace workspace) {
        this.columns = columns;
        this.projection = projection;
        this.norm = norm;
        this.dense = dense;
        this.rotary = rotary;
        this.kernel = kernel;
        this.branches = branches;
        this.projected = workspace.activations("qkv", projection.outputs());
        this.context = workspace.activations("context", dense.inputs());
        this.logs = new float[workspace.rows() * columns.heads()];
        this.dprojected = workspace.scratch("qkv gradient", projection.outputs());
        this.dcontext = workspace.scratch("context gradient", dense.inputs());
    }

    @Override
    public void forward(Matrix x, Matrix y, Batch batch) {
        projection.forward(x, projected, batch);
        norm.forward(projected, batch);
        var q = norm.queries(projected);
        var k = norm.keys(projected);
        var v = columns.values(projected);
        rotary.rotate(q, batch.positions(), batch.rows());
        rotary.rotate(k, batch.positions(), batch.rows());
        var out = heads(context);
        for (var passage : batch.passages()) {
            kernel.forward(passage, q, k, v, out, logs);
            if (!passage.parents().isEmpty()) {
                branches.forward(passage, q, k, v, out);
            }
        }
        dense.forward(context, y, batch);
    }

    @Override
    public void backward(Matrix dy, Store store, Matrix dx, Batch batch) {
        dense.backward(dy, Store.SET, dcontext, batch);
        var q = norm.queries(projected);
        var k = norm.keys(projected);
        var v = columns.values(projected);
        var dq = norm.queryGradients(dprojected);
        var dk = norm.keyGradients(dprojected);
        var dv = columns.values(dprojected);
        for (var passage : batch.passages()) {
            kernel.backward(passage, q, k, v, heads(context), logs, heads(dcontext), dq, dk, dv);
        }
        rotary.rotateBack(dq, batch.positions(), batch.rows());
        rotary.rotateBack(dk, batch.positions(), batch.rows());
        norm.backward(dprojected, batch);
        projection.backward(dprojected, store, dx, batch);
    }

    private Heads heads(Matrix rows) {
        return Heads.adjacent(rows, columns.heads(), columns.headWidth());
    }
}
