# ---
# name: Chloé Tran
# story: Everything right, all in float32, as PyTorch would do it.
# starts_from: release
# marks: {weighted_sum: 2, neuron: 2, neuron_batch: 2, count_parameters: 2, perceptron_predict: 2,
#   perceptron_update: 3, perceptron_train: 4, xor_network: 3, forward_two_layers: 4}
# ---

# %% weighted_sum
f32 = np.float32


def weighted_sum(x, w, b):
    return f32(x) @ f32(w) + f32(b)


# %% neuron
def neuron(x, w, b):
    z = np.float32(x) @ np.float32(w) + np.float32(b)
    return np.float32(0.5) * (np.float32(1) + np.tanh(z / np.float32(2)))


# %% neuron_batch
def neuron_batch(X, w, b):
    z = np.float32(X) @ np.float32(w) + np.float32(b)
    return 1 / (1 + np.exp(-z))


# %% count_parameters
def count_parameters(sizes):
    s = np.array(sizes)
    return ((s[:-1] + 1) * s[1:]).sum()


# %% perceptron_predict
def perceptron_predict(X, w, b):
    return np.heaviside(np.float32(X) @ np.float32(w) + np.float32(b), np.float32(1))


# %% perceptron_update
def perceptron_update(x, y, w, b, learning_rate):
    x, w = np.float32(x), np.float32(w)
    error = np.float32(y - (x @ w + np.float32(b) >= 0))
    return w + np.float32(learning_rate) * error * x, np.float32(b + learning_rate * error)


# %% perceptron_train
def perceptron_train(X, y, learning_rate, epochs):
    X, rate = np.float32(X), np.float32(learning_rate)
    w, b = np.zeros(X.shape[1], np.float32), np.float32(0)
    for _ in range(epochs):
        for x, label in zip(X, y):
            error = np.float32(label - (x @ w + b >= 0))
            w = w + rate * error * x
            b = b + rate * error
    return w, b


# %% xor_network
def xor_network():
    W1 = np.float32([[1, -1], [-1, 1]])
    b1 = np.float32([-0.5, -0.5])
    return W1, b1, np.float32([1, 1]), np.float32(-0.5)


# %% forward_two_layers
def forward_two_layers(X, W1, b1, W2, b2):
    X, W1, b1, W2, b2 = [np.float32(a) for a in (X, W1, b1, W2, b2)]
    H = np.maximum(X @ W1 + b1, 0)
    return H, 1 / (1 + np.exp(-(H @ W2 + b2)))
