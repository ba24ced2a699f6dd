"""The gradient checker must catch wrong gradients, else the other tests mean nothing."""

import numpy as np
import pytest

from nnlib import MSE, CategoricalCrossEntropy, Dense, ReLU, Sequential, Softmax, Tanh
from nnlib.gradcheck import GradientError, check_layer, check_loss, numerical_gradient


def rng(seed=0):
    return np.random.default_rng(seed)


class NoBiasGradient(Dense):
    """Planted bug: the gradient of b stays zero."""

    def parameter_gradients(self, dy, cache, *, out=None):
        grads = super().parameter_gradients(dy, cache, out=out)
        grads["b"][...] = 0
        return grads


class TransposedProduct(Dense):
    """Planted bug: dyᵀx in the place of xᵀdy, which a square layer lets through."""

    def parameter_gradients(self, dy, cache, *, out=None):
        grads = super().parameter_gradients(dy, cache, out=out)
        grads["W"][...] = grads["W"].T.copy()
        return grads


class WrongInputGradient(Dense):
    """Planted bug: dy W in the place of dy Wᵀ, in a square layer."""

    def backward(self, dy, cache, *, out=None):
        _, grads = super().backward(dy, cache, out=out)
        return np.dot(dy, self.params["W"]), grads


class CopiedBias(Dense):
    """Planted bug: the bias is added twice."""

    def forward(self, x, *, training=False, cache=None):
        y, cache = super().forward(x, training=training, cache=cache)
        y += self.params["b"]
        return y, cache


class LeakedBias(Dense):
    """Planted bug: b leaks into the gradient of W; at the start, where b is zero, it is right."""

    def parameter_gradients(self, dy, cache, *, out=None):
        grads = super().parameter_gradients(dy, cache, out=out)
        grads["W"][...] += self.params["b"]
        return grads


class ReversedBatch(Dense):
    """Planted bug: the rows of dy are taken in reverse; a dy of ones cannot show that."""

    def backward(self, dy, cache, *, out=None):
        return super().backward(dy[::-1], cache, out=out)


class MeanForSum(Dense):
    """Planted bug: the gradients are divided by the batch size once too often."""

    def parameter_gradients(self, dy, cache, *, out=None):
        grads = super().parameter_gradients(dy, cache, out=out)
        return {name: grad / len(dy) for name, grad in grads.items()}


class ForgottenParameter(Dense):
    def backward(self, dy, cache, *, out=None):
        dx, grads = super().backward(dy, cache, out=out)
        return dx, {"W": grads["W"]}


class WrongShape(Dense):
    def backward(self, dy, cache, *, out=None):
        dx, grads = super().backward(dy, cache, out=out)
        return dx, {**grads, "b": grads["b"][None, :]}


class ForgottenSlope(Tanh):
    """Planted bug: passes dy through as it is."""

    def _pull_back(self, dy, cache, dx):
        dx[...] = dy


class DiagonalSoftmax(Softmax):
    """Planted bug: only the diagonal of the Jacobian."""

    def _pull_back(self, dy, cache, dx):
        dx[...] = dy * cache.y * (1 - cache.y)


BROKEN = {
    "no bias gradient": (NoBiasGradient, "gradient of b"),
    "transposed product": (TransposedProduct, "gradient of W"),
    "wrong input gradient": (WrongInputGradient, "gradient of x"),
    "copied bias": (CopiedBias, "gradient of b"),
    "leaked bias": (LeakedBias, "gradient of W"),
    "reversed batch": (ReversedBatch, "gradient of x"),
    "mean for sum": (MeanForSum, "gradient of W"),
    "forgotten parameter": (
        ForgottenParameter,
        r"expected gradients for \['W', 'b'\], got \['W'\]",
    ),
    "wrong shape": (WrongShape, r"expected shape \(3,\), got \(1, 3\)"),
}


@pytest.mark.parametrize("full", [False, True])
@pytest.mark.parametrize(("broken", "message"), BROKEN.values(), ids=BROKEN.keys())
def test_broken_dense_layers_are_caught(broken, message, full):
    with pytest.raises(GradientError, match=message):
        check_layer(broken(3, 3, rng=rng()), (4, 3), rng=rng(1), full=full)


@pytest.mark.parametrize("broken", [ForgottenSlope, DiagonalSoftmax])
def test_broken_activations_are_caught(broken):
    with pytest.raises(GradientError, match="gradient of x"):
        check_layer(broken(), (4, 3), rng=rng())


def test_a_bug_deep_inside_a_network_is_caught():
    model = Sequential(Dense(3, 4, rng=rng()), ReLU(), NoBiasGradient(4, 2, rng=rng()))
    with pytest.raises(GradientError, match=r"gradient of 2\.b"):
        check_layer(model, (5, 3), rng=rng())


def test_the_message_shows_both_numbers():
    with pytest.raises(
        GradientError, match=r"backward gives 0, finite differences give -?\d\S*, relative error 1 "
    ):
        check_layer(NoBiasGradient(3, 3, rng=rng()), (4, 3), rng=rng())


def test_nan_gradients_are_caught():
    class NotANumber(Tanh):
        def _pull_back(self, dy, cache, dx):
            dx[...] = np.nan

    with pytest.raises(GradientError, match="backward gives nan"):
        check_layer(NotANumber(), (2, 2), rng=rng())


def test_the_layer_itself_is_not_changed():
    layer = Dense(3, 2, rng=rng())
    before = {name: array.copy() for name, array in layer.params.items()}
    check_layer(layer, (4, 3), rng=rng())
    assert layer.params["W"].dtype == np.float32
    for name, array in layer.params.items():
        assert np.array_equal(array, before[name])


def test_a_batch_may_be_given_and_is_not_changed():
    x = np.ones((4, 3), np.float32)
    assert max(check_layer(Dense(3, 2, rng=rng()), x, rng=rng()).values()) < 1e-6
    assert (x == 1).all()


def test_broken_losses_are_caught():
    class HalfGradient(MSE):
        def backward(self, cache):
            return super().backward(cache) / 2

    class SumNotMean(CategoricalCrossEntropy):
        def backward(self, cache):
            return super().backward(cache) * len(cache.target)

    with pytest.raises(GradientError, match=r"HalfGradient\(\), gradient of the prediction"):
        check_loss(HalfGradient(), [1.0, 2.0], [0.0, 0.0], rng=rng())
    with pytest.raises(GradientError, match="finite differences give"):
        check_loss(SumNotMean(), rng().standard_normal((3, 4)), [0, 1, 2], rng=rng())


def test_numerical_gradient_of_a_known_function():
    x = np.array([[1.0, 2.0], [3.0, 4.0]])
    gradient = numerical_gradient(lambda a: np.sum(a**3), x)
    assert gradient == pytest.approx(3 * x**2, rel=1e-8)
    assert x.tolist() == [[1.0, 2.0], [3.0, 4.0]]
    assert numerical_gradient(np.sin, 0.0) == pytest.approx(1.0)
    assert numerical_gradient(lambda a: a.sum(), np.ones(3, np.float32)).dtype == np.float64


def test_errors():
    with pytest.raises(ValueError, match=r"one number, got an array of shape \(2,\)"):
        numerical_gradient(lambda a: a, [1.0, 2.0])
    with pytest.raises(ValueError, match="positive"):
        numerical_gradient(np.sum, [1.0], step=0.0)
    with pytest.raises(TypeError, match="default_rng"):
        check_layer(Tanh(), (2, 2), rng=0)
    with pytest.raises(TypeError, match="default_rng"):
        check_loss(MSE(), [1.0], [1.0], rng=None)
