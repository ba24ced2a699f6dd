# ---
# name: Farid Haddad
# story: Half finished. The first five exercises are right; the others were never begun.
# starts_from: release
# marks: {weighted_sum: 2, neuron: 2, neuron_batch: 2, count_parameters: 2, perceptron_predict: 2,
#   perceptron_update: 0, perceptron_train: 0, xor_network: 0, forward_two_layers: 0}
# ---

# %% weighted_sum
def weighted_sum(x, w, b):
    return np.sum(w * x) + b


# %% neuron
def neuron(x, w, b):
    z = weighted_sum(x, w, b)
    return np.exp(-np.logaddexp(0, -z))


# %% neuron_batch
def neuron_batch(X, w, b):
    return np.array([neuron(x, w, b) for x in X])


# %% count_parameters
def count_parameters(sizes):
    total = 0
    for before, here in zip(sizes, sizes[1:]):
        total += before * here + here
    return total


# %% perceptron_predict
def perceptron_predict(X, w, b):
    return 1 * (X @ w + b >= 0)
