package io.retcon.retrainer.layer;

import io.retcon.retrainer.kernels.Matrix;
import io.retcon.retrainer.kernels.Rows;
import io.retcon.retrainer.kernels.Store;

import java.util.List;

/** y = x + the sum of all branches of x. */
public final class Residual implements Layer {
    private final List<Layer> branches;
    private final List<Matrix> results;

    public Residual(List<Layer> branches, int width, Workspace workspace) {
        this.branches = List.copyOf(branches);
        this.results =
                branches.stream()
                        .map(b -> workspace.scratch("branch " + branches.indexOf(b), width))
                        .toList();
    }

    @Override
    public void forward(Matrix x, Matrix y, Batch batch) {
        for (int i = 0; i < branches.size(); i++) {
            branches.get(i).forward(x, results.get(i), batch);
        }
        Rows.sum(x, results.getFirst(), y, batch.rows());
        for (int i = 1; i < branches.size(); i++) {
            Rows.sum(y, results.get(i), y, batch.rows());
        }
    }

    @Override
    public void backward(Matrix dy, Store store, Matrix dx, Batch batch) {
        if (store == Store.ADD) {
            Rows.sum(dx, dy, dx, batch.rows());
        } else {
            for (int row = 0; row < batch.rows(); row++) {
                Rows.copy(dy, row, dx, row);
            }
        }
        for (var branch : branches) {
            branch.backward(dy, Store.ADD, dx, batch);
        }
    }
}
