# ---
# name: Ada Nkemelu
# story: Everything right, in NumPy.
# starts_from: solution
# marks: {weighted_sum: 2, neuron: 2, neuron_batch: 2, count_parameters: 2, perceptron_predict: 2,
#   perceptron_update: 3, perceptron_train: 4, xor_network: 3, forward_two_layers: 4}
# ---
