# ---
# name: Ben Olafsson
# story: Everything right, with loops and lists only.
# starts_from: release
# marks: {weighted_sum: 2, neuron: 2, neuron_batch: 2, count_parameters: 2, perceptron_predict: 2,
#   perceptron_update: 3, perceptron_train: 4, xor_network: 3, forward_two_layers: 4}
# ---

# %% weighted_sum
def weighted_sum(x, w, b):
    total = b
    for i in range(len(x)):
        total += w[i] * x[i]
    return total


# %% neuron
import math


def neuron(x, w, b):
    z = sum(wi * xi for wi, xi in zip(w, x)) + b
    if z < -700:
        return 0.0
    return 1 / (1 + math.exp(-z))


# %% neuron_batch
import math


def neuron_batch(X, w, b):
    outputs = []
    for row in X:
        z = b
        for value, weight in zip(row, w):
            z = z + value * weight
        outputs.append(1 / (1 + math.exp(-z)))
    return outputs


# %% count_parameters
def count_parameters(sizes):
    weights = 0
    biases = 0
    for i in range(len(sizes) - 1):
        weights += sizes[i] * sizes[i + 1]
        biases += sizes[i + 1]
    return weights + biases


# %% perceptron_predict
def perceptron_predict(X, w, b):
    labels = []
    for row in X:
        z = sum(a * c for a, c in zip(row, w)) + b
        if z >= 0:
            labels.append(1)
        else:
            labels.append(0)
    return labels


# %% perceptron_update
def perceptron_update(x, y, w, b, learning_rate):
    z = b
    for i in range(len(x)):
        z += w[i] * x[i]
    guess = 1 if z >= 0 else 0
    new_w = []
    for i in range(len(x)):
        new_w.append(w[i] + learning_rate * (y - guess) * x[i])
    return new_w, b + learning_rate * (y - guess)


# %% perceptron_train
def perceptron_train(X, y, learning_rate, epochs):
    w = [0] * len(X[0])
    b = 0
    for epoch in range(epochs):
        wrong = 0
        for i in range(len(X)):
            z = b
            for j in range(len(w)):
                z += w[j] * X[i][j]
            guess = 1 if z >= 0 else 0
            if guess != y[i]:
                wrong += 1
                for j in range(len(w)):
                    w[j] += learning_rate * (y[i] - guess) * X[i][j]
                b += learning_rate * (y[i] - guess)
        if wrong == 0:
            break
    return w, b


# %% xor_network
def xor_network():
    # unit 1: OR, unit 2: AND, output: OR and not AND
    return [[1, 1], [1, 1]], [-0.5, -1.5], [1, -2], -0.5


# %% forward_two_layers
import math


def forward_two_layers(X, W1, b1, W2, b2):
    H, A = [], []
    for x in X:
        h = []
        for j in range(len(b1)):
            z = b1[j]
            for i in range(len(x)):
                z += x[i] * W1[i][j]
            h.append(max(0.0, z))
        a = []
        for k in range(len(b2)):
            z = b2[k]
            for j in range(len(h)):
                z += h[j] * W2[j][k]
            a.append(1 / (1 + math.exp(-z)))
        H.append(h)
        A.append(a)
    return H, A
