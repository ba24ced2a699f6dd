# ---
# name: Ivan Petrov
# story: All right, but the sigmoid overflows for large sums, and NumPy warns about it.
# starts_from: solution
# marks: {weighted_sum: 2, neuron: 2, neuron_batch: 2, count_parameters: 2, perceptron_predict: 2,
#   perceptron_update: 3, perceptron_train: 4, xor_network: 3, forward_two_layers: 4}
# ---

# %% weighted_sum
import warnings


def weighted_sum(x, w, b):
    warnings.warn("vectorise this later")
    return sum(x * w) + b


# %% neuron
def neuron(x, w, b):
    return 1 / (1 + np.exp(-(w @ x + b)))
