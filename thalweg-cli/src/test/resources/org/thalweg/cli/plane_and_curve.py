# Takes plane.npz and curve.npz apart as plotting scripts for Garipov's program do; prints one line of facts.
import json
import sys

import numpy as np

plane = np.load(sys.argv[1])
curve = np.load(sys.argv[2])

grid = plane["grid"]
x, y = grid[:, :, 0], grid[:, :, 1]
assert (np.diff(x, axis=0) > 0).all() and (np.diff(x, axis=1) == 0).all(), "the first index is x"
assert (np.diff(y, axis=1) > 0).all() and (np.diff(y, axis=0) == 0).all(), "the second is y"
ends, bend = plane["bend_coordinates"][[0, 2]], plane["bend_coordinates"][1]
np.testing.assert_allclose(x[:, 0], plane["alphas"] * (ends[1, 0] - ends[0, 0]), rtol=1e-12)
np.testing.assert_allclose(y[0, :], plane["betas"] * bend[1], rtol=1e-12)
assert plane["curve_coordinates"].shape == (len(plane["ts"]), 2)
for split in ("tr", "te"):
    for name in ("loss", "acc", "nll", "err"):
        assert plane[split + "_" + name].shape == x.shape and plane[split + "_" + name].dtype == np.float64
    np.testing.assert_allclose(plane[split + "_err"], 100 - plane[split + "_acc"])
    assert (plane[split + "_loss"] > plane[split + "_nll"]).all()

log_alpha, steps = -5.0, 7
low, high = plane["tr_nll"].min(), min(5.0, plane["tr_nll"].max())
levels = low + np.exp(log_alpha + np.arange(steps + 1) * (np.log(high - low) - log_alpha) / steps)
assert (np.diff(levels) > 0).all()

dl = curve["dl"]
for name in ("tr_loss", "tr_nll", "tr_err", "te_loss", "te_nll", "te_err"):
    values = curve[name]
    assert values.shape == curve["ts"].shape and values.dtype == np.float64
    assert curve[name + "_min"] == values.min() and curve[name + "_max"] == values.max()
    np.testing.assert_allclose(curve[name + "_avg"], values.mean(), rtol=1e-12)
    area = (0.5 * (values[:-1] + values[1:]) * dl[1:]).sum() / dl.sum()
    np.testing.assert_allclose(curve[name + "_int"], area, rtol=1e-12)
print(json.dumps({"length": dl.sum(), "grid": x.shape[0], "points": len(dl)}))
