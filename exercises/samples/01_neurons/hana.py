# ---
# name: Hana Kim
# story: Crashes in many ways. What does run is right, and counts.
# starts_from: solution
# marks: {weighted_sum: 2, neuron: 0, neuron_batch: 0, count_parameters: 0, perceptron_predict: 0,
#   perceptron_update: 3, perceptron_train: 0, xor_network: 0, forward_two_layers: 4}
# ---

# %% neuron
import a_package_that_is_not_installed

def neuron(x, w, b):
    return a_package_that_is_not_installed.sigmoid(w @ x + b)

# %% neuron_batch
def neuron_batch(X, w, b)
    return 1 / (1 + np.exp(-(X @ w + b)))

# %% count_parameters
def count_parameters(sizes):
    return sizes[0] * sizes[1] + sizes[1] + count_parameters(sizes)

# %% perceptron_predict
import sys

def perceptron_predict(X, w, b):
    sys.exit("done")

# %% perceptron_train
def perceptron_train(X, y, learning_rate, epochs):
    w, b = np.zeros(X.shape[1]), 0
    epoch = 0
    while epoch < epochs:
        for x, t in zip(X, y):
            guess = int(w @ x + b >= 0)
            w, b = w + learning_rate * (t - guess) * x, b + learning_rate * (t - guess)
    return w, b

# %% xor_network
def xor_network():
    return W1, b1, w2, b2
