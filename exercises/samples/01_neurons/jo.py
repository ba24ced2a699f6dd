# ---
# name: Jo Martin
# story: Nearly there. A column for a flat array, weights changed in place, XOR without room.
# starts_from: solution
# marks: {weighted_sum: 0, neuron: 1.5, neuron_batch: 0, count_parameters: 2, perceptron_predict: 2,
#   perceptron_update: 2.5, perceptron_train: 4, xor_network: 2, forward_two_layers: 4}
# ---

# %% weighted_sum
def weighted_sum(x, w, b):
    print(w @ x + b)


# %% neuron
import math


def neuron(x, w, b):
    return 1 / (1 + math.exp(-(w @ x + b)))


# %% neuron_batch
def neuron_batch(X, w, b):
    z = X @ w.reshape(-1, 1) + b
    return 1 / (1 + np.exp(-z))


# %% perceptron_update
def perceptron_update(x, y, w, b, learning_rate):
    error = y - (1 if w @ x + b >= 0 else 0)
    w += learning_rate * error * x
    b += learning_rate * error
    return w, b


# %% xor_network
def xor_network():
    W1 = np.array([[1, 1], [1, 1]])
    b1 = np.array([-1, -2])
    return W1, b1, np.array([1, -1]), -1
