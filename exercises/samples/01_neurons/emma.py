# ---
# name: Emma Rossi
# story: Another typical mistake. The perceptron learns away from its errors, and > stands for >=.
# starts_from: solution
# marks: {weighted_sum: 2, neuron: 2, neuron_batch: 2, count_parameters: 2, perceptron_predict: 1.5,
#   perceptron_update: 0, perceptron_train: 0, xor_network: 3, forward_two_layers: 4}
# ---

# %% perceptron_predict
def perceptron_predict(X, w, b):
    return np.where(X @ w + b > 0, 1, 0)


# %% perceptron_update
def perceptron_update(x, y, w, b, learning_rate):
    y_hat = 1 if w @ x + b >= 0 else 0
    return w - learning_rate * (y - y_hat) * x, b - learning_rate * (y - y_hat)


# %% perceptron_train
def perceptron_train(X, y, learning_rate, epochs):
    w = np.zeros(X.shape[1])
    b = 0
    for _ in range(epochs):
        for xi, yi in zip(X, y):
            y_hat = 1 if w @ xi + b >= 0 else 0
            w = w - learning_rate * (yi - y_hat) * xi
            b = b - learning_rate * (yi - y_hat)
    return w, b
