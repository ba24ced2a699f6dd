# ---
# name: Gus Lindqvist
# story: Untouched. The notebook came back as it was released.
# starts_from: release
# marks: {weighted_sum: 0, neuron: 0, neuron_batch: 0, count_parameters: 0, perceptron_predict: 0,
#   perceptron_update: 0, perceptron_train: 0, xor_network: 0, forward_two_layers: 0}
# ---
