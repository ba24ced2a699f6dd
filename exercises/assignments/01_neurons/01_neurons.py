# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # 01 Neurons
#
# In this assignment you build a neuron from a weighted sum, let a perceptron learn, and put
# neurons together into small networks. It goes with chapter 1 of the book, *Neurons and networks*.
#
# {{ summary }}
#
# **How it works.** Each exercise has three cells: the task, a cell for your code, and a cell that
# checks it. Replace the line `raise NotImplementedError()` with your own lines, run the cell, then
# run the check below it. The check prints what is right, what is wrong, and often why.
# `hint("name")` prints a hint; call it again for the next one. The number below a check is for
# nbgrader's *Validate* button only; your marks come from the hidden tests.
#
# The exercises do not depend on each other: if one resists, go on with the next.
# Loops or NumPy, lists or arrays, `float32` or `float64`: anything that gives the right values
# counts. Do not round your results: they are compared to about five digits.
# After handing in, hidden tests run your functions on other inputs than the ones shown here.
#
# Run the next cell first.

# %% role="setup"
import numpy as np

from exercises import check, hint

# %% [markdown] exercise="weighted_sum"
# A neuron first adds up its inputs, each multiplied by a weight, and then adds a bias:
#
# $$ z = w_1 x_1 + w_2 x_2 + \dots + w_D x_D + b $$
#
# Write `weighted_sum(x, w, b)`.
#
# | | | shape |
# |---|---|---|
# | `x` | the inputs (features) of one point | `(D,)` |
# | `w` | the weights | `(D,)` |
# | `b` | the bias | a number |
# | returns | the weighted sum *z* | a number |
#
# Example: `x = [1, 2]`, `w = [3, 0.5]`, `b = 0` gives 1 · 3 + 2 · 0.5 + 0 = 4.


# %% exercise="weighted_sum" role="solution"
def weighted_sum(x, w, b):
    """The weighted sum of the inputs, plus the bias."""
    ### BEGIN SOLUTION
    products = x * w
    return products.sum() + b
    ### END SOLUTION


# %% exercise="weighted_sum" role="test"
from exercises import check

check("weighted_sum", weighted_sum)
### BEGIN HIDDEN TESTS
from exercises.grading import grade

grade("weighted_sum", weighted_sum)
### END HIDDEN TESTS

# %% [markdown] exercise="neuron"
# A neuron passes its weighted sum *z* through an activation function. Here it is the sigmoid,
# which maps any number to a value between 0 and 1:
#
# $$ a = \sigma(z) = \frac{1}{1 + e^{-z}} $$
#
# Write `neuron(x, w, b)`: the weighted sum, then the sigmoid.
#
# | | | shape |
# |---|---|---|
# | `x`, `w`, `b` | as before | `(D,)`, `(D,)`, a number |
# | returns | the output *a* | a number between 0 and 1 |
#
# Example: the spam filter of the chapter, `x = [1, 1, 3]`, `w = [2, 1.5, -0.5]`, `b = -1`, has
# z = 1 and a = 0.731.
#
# The hidden tests also try sums near 1000 and −1000. There, e<sup>1000</sup> is too large for a
# computer. `np.exp` then warns and goes on with infinity, which is fine: 1 / ∞ is 0.
# `math.exp` stops with an error, which costs half a point.


# %% exercise="neuron" role="solution"
def neuron(x, w, b):
    """The output of a sigmoid neuron for one point."""
    ### BEGIN SOLUTION
    total = np.dot(x, w) + b
    if total >= 0:
        return 1.0 / (1.0 + np.exp(-total))
    small = np.exp(total)
    return small / (1.0 + small)
    ### END SOLUTION


# %% exercise="neuron" role="test"
from exercises import check

check("neuron", neuron)
### BEGIN HIDDEN TESTS
from exercises.grading import grade

grade("neuron", neuron)
### END HIDDEN TESTS

# %% [markdown] exercise="neuron_batch"
# Data comes as a table: one row for each point, one column for each feature. A neuron should take
# the whole table at once and give one output for each row:
#
# $$ a_n = \sigma(w_1 X_{n1} + \dots + w_D X_{nD} + b) \qquad n = 1, \dots, N $$
#
# Write `neuron_batch(X, w, b)`.
#
# | | | shape |
# |---|---|---|
# | `X` | N points with D features each | `(N, D)` |
# | `w`, `b` | weights and bias | `(D,)`, a number |
# | returns | one output for each point | `(N,)` |
#
# Example: two points `X = [[0, 0], [1, 1]]` with `w = [1, 1]`, `b = 0` have z = 0 and z = 2,
# so the outputs are 0.5 and 0.881.


# %% exercise="neuron_batch" role="solution"
def neuron_batch(X, w, b):
    """The outputs of a sigmoid neuron for N points."""
    ### BEGIN SOLUTION
    totals = np.dot(X, w) + b
    return 1.0 / (1.0 + np.exp(-totals))
    ### END SOLUTION


# %% exercise="neuron_batch" role="test"
from exercises import check

check("neuron_batch", neuron_batch)
### BEGIN HIDDEN TESTS
from exercises.grading import grade

grade("neuron_batch", neuron_batch)
### END HIDDEN TESTS

# %% [markdown] exercise="count_parameters"
# In a fully connected network every unit has one weight for each unit of the layer before it, and
# one bias. How many numbers does such a network have to learn?
#
# Write `count_parameters(sizes)`. The list `sizes` holds the number of units in each layer, the
# input layer first.
#
# | | | |
# |---|---|---|
# | `sizes` | units of each layer | a list of at least two whole numbers |
# | returns | how many weights and biases there are | a whole number |
#
# Example: `[3, 2]` is one layer: 2 units with 3 inputs each. That is 3 · 2 weights and 2 biases,
# 8 numbers in all.


# %% exercise="count_parameters" role="solution"
def count_parameters(sizes):
    """How many weights and biases a fully connected network has."""
    ### BEGIN SOLUTION
    count = 0
    for layer in range(1, len(sizes)):
        count += sizes[layer] * (sizes[layer - 1] + 1)
    return count
    ### END SOLUTION


# %% exercise="count_parameters" role="test"
from exercises import check

check("count_parameters", count_parameters)
### BEGIN HIDDEN TESTS
from exercises.grading import grade

grade("count_parameters", count_parameters)
### END HIDDEN TESTS

# %% [markdown] exercise="perceptron_predict"
# A perceptron answers with a class, 0 or 1. It looks at the sign of the weighted sum:
#
# $$ \hat y = \begin{cases} 1 & \text{if } z \ge 0 \\ 0 & \text{if } z < 0 \end{cases} $$
#
# A point exactly on the line, with z = 0, counts as class 1.
#
# Write `perceptron_predict(X, w, b)` for a batch of points.
#
# | | | shape |
# |---|---|---|
# | `X` | N points | `(N, D)` |
# | `w`, `b` | weights and bias | `(D,)`, a number |
# | returns | the classes, 0 or 1 (`True` and `False` count as 1 and 0) | `(N,)` |
#
# Example: with `w = [1, 1]` and `b = -1.5` the point (2, 2) has z = 2.5 and class 1; the point
# (0, 0) has z = −1.5 and class 0.


# %% exercise="perceptron_predict" role="solution"
def perceptron_predict(X, w, b):
    """The class, 0 or 1, of each of N points."""
    ### BEGIN SOLUTION
    on_positive_side = np.dot(X, w) >= -b
    return on_positive_side.astype(int)
    ### END SOLUTION


# %% exercise="perceptron_predict" role="test"
from exercises import check

check("perceptron_predict", perceptron_predict)
### BEGIN HIDDEN TESTS
from exercises.grading import grade

grade("perceptron_predict", perceptron_predict)
### END HIDDEN TESTS

# %% [markdown] exercise="perceptron_update"
# The perceptron learns from its mistakes. It predicts one point; where the prediction
# $\hat y$ differs from the label $y$, the weights move:
#
# $$ w \leftarrow w + \eta\,(y - \hat y)\,x \qquad b \leftarrow b + \eta\,(y - \hat y) $$
#
# The learning rate $\eta$ (say: eta) sets the size of the step. For a right prediction
# $y - \hat y$ is 0, and nothing moves. As before, z = 0 is predicted as class 1.
#
# Write `perceptron_update(x, y, w, b, learning_rate)`. Leave the arrays that you are given as they
# are, and return new ones.
#
# | | | shape |
# |---|---|---|
# | `x`, `y` | one point and its label, 0 or 1 | `(D,)`, a number |
# | `w`, `b` | weights and bias before | `(D,)`, a number |
# | `learning_rate` | the step size η | a number |
# | returns | the new weights and the new bias, `(w, b)` | `(D,)`, a number |
#
# Example: `x = [1, 2]`, `y = 1`, `w = [0.5, -1]`, `b = 0`, `learning_rate = 1`. Here z = −1.5, so
# the prediction is 0 and the error is 1. The new weights are [1.5, 1], the new bias is 1.


# %% exercise="perceptron_update" role="solution"
def perceptron_update(x, y, w, b, learning_rate):
    """The weights and the bias after the perceptron has seen one point."""
    ### BEGIN SOLUTION
    predicted = 1 if np.dot(x, w) + b >= 0 else 0
    step_size = learning_rate * (y - predicted)
    return w + step_size * x, b + step_size
    ### END SOLUTION


# %% exercise="perceptron_update" role="test"
from exercises import check

check("perceptron_update", perceptron_update)
### BEGIN HIDDEN TESTS
from exercises.grading import grade

grade("perceptron_update", perceptron_update)
### END HIDDEN TESTS

# %% [markdown] exercise="perceptron_train"
# Now the whole training. Start with all weights and the bias at zero. Walk through the points in
# the order of the rows, and apply the perceptron rule to each, always with the newest weights.
# One walk through all points is one *epoch*. Do as many as `epochs` says.
#
# Write `perceptron_train(X, y, learning_rate, epochs)`. If you want to use the function of the
# exercise before, copy its lines: this exercise is graded on its own.
#
# | | | shape |
# |---|---|---|
# | `X`, `y` | N points and their labels, 0 or 1 | `(N, D)`, `(N,)` |
# | `learning_rate` | the step size η | a number |
# | `epochs` | how many walks through the data | a whole number |
# | returns | the learned weights and bias, `(w, b)` | `(D,)`, a number |
#
# Remember that z = 0 counts as class 1: with all weights at zero, the first prediction is 1.
#
# Example: AND has the points (0, 0), (0, 1), (1, 0), (1, 1) with the labels 0, 0, 0, 1. With
# `learning_rate = 1`, one epoch makes two corrections: the first point lowers b to −1, the last one
# raises w to [1, 1] and b to 0.


# %% exercise="perceptron_train" role="solution"
def perceptron_train(X, y, learning_rate, epochs):
    """The weights and the bias that a perceptron learns in so many epochs."""
    ### BEGIN SOLUTION
    weights, bias = np.zeros(X.shape[1]), 0.0
    epochs_left = epochs
    while epochs_left > 0:
        for point, label in zip(X, y):
            predicted = 1 if np.dot(point, weights) + bias >= 0 else 0
            weights = weights + learning_rate * (label - predicted) * point
            bias = bias + learning_rate * (label - predicted)
        epochs_left -= 1
    return weights, bias
    ### END SOLUTION


# %% exercise="perceptron_train" role="test"
from exercises import check

check("perceptron_train", perceptron_train)
### BEGIN HIDDEN TESTS
from exercises.grading import grade

grade("perceptron_train", perceptron_train)
### END HIDDEN TESTS

# %% [markdown] exercise="xor_network"
# No single line separates the points of XOR: (0, 1) and (1, 0) belong to class 1, (0, 0) and (1, 1)
# to class 0. Two hidden units are enough. Find their weights by hand; no training.
#
# The network has two inputs, two hidden units and one output unit, all with the step function
# (1 for z ≥ 0, otherwise 0):
#
# $$ h = \text{step}(x\,W_1 + b_1) \qquad \hat y = \text{step}(h \cdot w_2 + b_2) $$
#
# Write `xor_network()`, which returns your numbers.
#
# | | | shape |
# |---|---|---|
# | returns | `W1`: column j holds the weights of hidden unit j | `(2, 2)` |
# | | `b1`: the biases of the hidden units | `(2,)` |
# | | `w2`: the weights of the output unit | `(2,)` |
# | | `b2`: its bias | a number |
#
# There are many right answers. A good one leaves room: it is still right when the inputs are not
# exactly 0 and 1, but off by up to 0.1.


# %% exercise="xor_network" role="solution"
def xor_network():
    """Weights and biases of a 2-2-1 step network that computes XOR."""
    ### BEGIN SOLUTION
    either_and_not_both = np.array([[2.0, -2.0], [2.0, -2.0]])
    thresholds = np.array([-1.0, 3.0])
    return either_and_not_both, thresholds, np.array([1.0, 1.0]), -1.5
    ### END SOLUTION


# %% exercise="xor_network" role="test"
from exercises import check

check("xor_network", xor_network)
### BEGIN HIDDEN TESTS
from exercises.grading import grade

grade("xor_network", xor_network)
### END HIDDEN TESTS

# %% [markdown] exercise="forward_two_layers"
# The last exercise sends a batch of points through two layers. The hidden layer uses the ReLU,
# which keeps positive numbers and turns negative ones into 0. The output layer uses the sigmoid:
#
# $$ H = \max(0,\; X W_1 + b_1) \qquad A = \sigma(H W_2 + b_2) $$
#
# Write `forward_two_layers(X, W1, b1, W2, b2)` and return both layers: you will need the hidden one
# when you train a network in a later chapter.
#
# | | | shape |
# |---|---|---|
# | `X` | N points with D features | `(N, D)` |
# | `W1`, `b1` | to M hidden units | `(D, M)`, `(M,)` |
# | `W2`, `b2` | to K output units | `(M, K)`, `(K,)` |
# | returns | `(H, A)`: the hidden layer and the output | `(N, M)`, `(N, K)` |
#
# Example: one point `X = [[1, 2]]` with `W1 = [[1, -1], [1, 0]]`, `b1 = [0, 0]` has the sums 3
# and −1, so H = [[3, 0]]. With `W2 = [[0.5], [1]]`, `b2 = [-1]` the output has the sum 0.5,
# so A = [[0.622]].


# %% exercise="forward_two_layers" role="solution"
def forward_two_layers(X, W1, b1, W2, b2):
    """The hidden layer and the output of a two-layer network."""
    ### BEGIN SOLUTION
    hidden = np.clip(np.dot(X, W1) + b1, 0.0, None)
    output = 1.0 / (1.0 + np.exp(-(np.dot(hidden, W2) + b2)))
    return hidden, output
    ### END SOLUTION


# %% exercise="forward_two_layers" role="test"
from exercises import check

check("forward_two_layers", forward_two_layers)
### BEGIN HIDDEN TESTS
from exercises.grading import grade

grade("forward_two_layers", forward_two_layers)
### END HIDDEN TESTS
