# ---
# name: Dev Patel
# story: A typical mistake. The bias is forgotten wherever a weighted sum is needed.
# starts_from: solution
# marks: {weighted_sum: 1, neuron: 0.5, neuron_batch: 0, count_parameters: 0, perceptron_predict: 0,
#   perceptron_update: 3, perceptron_train: 4, xor_network: 3, forward_two_layers: 0}
# ---

# %% weighted_sum
def weighted_sum(x, w, b):
    return np.dot(w, x)


# %% neuron
def neuron(x, w, b):
    z = np.dot(w, x)
    return 1 / (1 + np.exp(-z))


# %% neuron_batch
def neuron_batch(X, w, b):
    return 1 / (1 + np.exp(-X.dot(w)))


# %% count_parameters
def count_parameters(sizes):
    return sum(sizes[i] * sizes[i + 1] for i in range(len(sizes) - 1))


# %% perceptron_predict
def perceptron_predict(X, w, b):
    return (X.dot(w) >= 0).astype(int)


# %% forward_two_layers
def forward_two_layers(X, W1, b1, W2, b2):
    H = np.maximum(0, X @ W1)
    return H, 1 / (1 + np.exp(-H @ W2))
