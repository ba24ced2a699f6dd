"""Assignment 01: one neuron, the perceptron, and the first small networks."""

from exercises.specs.neurons.networks import COUNT_PARAMETERS, FORWARD_TWO_LAYERS, XOR_NETWORK
from exercises.specs.neurons.perceptron import (
    PERCEPTRON_PREDICT,
    PERCEPTRON_TRAIN,
    PERCEPTRON_UPDATE,
)
from exercises.specs.neurons.single import NEURON, NEURON_BATCH, WEIGHTED_SUM

EXERCISES = (
    WEIGHTED_SUM,
    NEURON,
    NEURON_BATCH,
    COUNT_PARAMETERS,
    PERCEPTRON_PREDICT,
    PERCEPTRON_UPDATE,
    PERCEPTRON_TRAIN,
    XOR_NETWORK,
    FORWARD_TWO_LAYERS,
)
