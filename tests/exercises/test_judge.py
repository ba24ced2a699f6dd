"""The judge survives whatever a function does, and says what was wrong."""

import sys
import time
import warnings
from fractions import Fraction

import numpy as np
import pytest

from exercises import check, hint
from exercises.calls import TooLong, call, time_limit
from exercises.grading import grade, verdicts
from exercises.specs import find

NEURON = find("neuron")


def problems(function, name="neuron"):
    return [verdict.problem for verdict in verdicts(find(name), function)]


def right(x, w, b):
    return 1 / (1 + np.exp(-(w @ x + b)))


def test_a_numpy_warning_costs_nothing_and_is_told(capsys):
    assert grade("neuron", right) == 2.0
    out, err = capsys.readouterr()
    assert "Right, but Python warned: overflow encountered in exp" in out
    assert err == ""  # nbgrader gives 0 for anything on stderr


def test_noise_costs_nothing(capsys):
    def noisy(x, w, b):
        print("debugging", w)
        print("to stderr", file=sys.stderr)
        warnings.warn("careful", stacklevel=1)
        return right(x, w, b)

    assert grade("neuron", noisy) == 2.0
    out, err = capsys.readouterr()
    assert "debugging" not in out
    assert err == ""


def test_the_visible_check_shows_what_a_function_prints(capsys):
    check("neuron", lambda x, w, b: print("z is", w @ x + b))
    assert "z is 2.8" in capsys.readouterr().out


def test_a_mark_is_a_plain_float():
    """nbgrader gives full marks for a NumPy scalar as the last value of a cell."""
    for function in (right, lambda x, w, b: None):
        assert type(grade("neuron", function)) is float
        assert type(check("neuron", function)) is float


def test_an_error_is_shown_with_its_message():
    (first, *_) = problems(lambda x, w, b: x / undefined)  # noqa: F821
    assert first == "stopped with NameError: name 'undefined' is not defined"


def test_the_line_of_the_error_is_shown_where_it_stands_in_a_notebook(tmp_path):
    source = "def neuron(x, w, b):\n    return w @ x + c\n"
    path = tmp_path / "ipykernel_1" / "123.py"
    path.parent.mkdir()
    path.write_text(source)
    space = {}
    exec(compile(source, str(path), "exec"), space)
    assert "in the line `return w @ x + c`" in problems(space["neuron"])[0]


@pytest.mark.parametrize(
    ("function", "words"),
    [
        (lambda x, w, b: sys.exit(), "tried to end Python"),
        (lambda x, w, b: endless_recursion(x, w, b), "called itself again and again"),
        (lambda x, w, b: "0.5", "the result is a str, expected a single number"),
        (lambda x, w, b: [0.5, 0.5], "an array of shape (2,), expected a single number"),
        (lambda x, w, b: [[1], [1, 2]], "the result is a list, expected a single number"),
        (lambda x, w, b: float("nan"), "contains nan"),
        (lambda x, w, b: np.array(None), "an array of dtype object, expected a single number"),
        (lambda x, w: 0.5, "takes 2 positional arguments but 3 were given"),
        (lambda x, w, b: print(0.5), "is nothing (None)"),
        (lambda x, w, b: 1j, "the result is a complex, expected a single number"),
    ],
)
def test_what_went_wrong_is_said(function, words):
    assert words in problems(function)[0]


def endless_recursion(x, w, b):
    return endless_recursion(x, w, b)


def test_something_that_is_not_a_function():
    assert problems(3.0) == ["`neuron` is a float, not a function"] * 2
    assert grade("neuron", 3.0) == 0.0


def test_a_function_that_never_ends_is_stopped_and_the_rest_is_judged(monkeypatch):
    monkeypatch.setattr("exercises.grading.CALL_SECONDS", 0.2)

    def endless_for_class_1(x, y, w, b, learning_rate):
        while y == 1:
            try:
                time.sleep(0.01)
            except Exception:  # the limit must get through this
                continue
        return w, b

    began = time.perf_counter()
    found = verdicts(find("perceptron_update"), endless_for_class_1)
    assert time.perf_counter() - began < 10
    assert "is there a loop that never ends?" in found[0].problem
    assert len(found) == 4


def test_the_time_limit_leaves_no_alarm_behind():
    with time_limit(0.05):
        pass
    time.sleep(0.1)
    with pytest.raises(TooLong), time_limit(0.05):
        time.sleep(1)


def test_arguments_are_copies_and_changes_are_noticed():
    given = np.ones(2)

    def change(x):
        x += 1
        return x

    outcome = call(change, (given,), ("x",))
    assert outcome.changed == "x"
    np.testing.assert_array_equal(given, [1, 1])
    np.testing.assert_array_equal(outcome.value, [2, 2])


def test_changing_an_argument_costs_its_own_points_only():
    def in_place(x, y, w, b, learning_rate):
        error = y - int(w @ x + b >= 0)
        w += learning_rate * error * x
        return w, b + learning_rate * error

    found = verdicts(find("perceptron_update"), in_place)
    assert [verdict.earned for verdict in found] == [1, 1, 0.5, 0]
    assert "changed its argument `w`" in found[-1].problem
    assert "makes a new one" in found[-1].mistake


def test_a_returned_value_cannot_change_afterwards():
    """A function that hands out one array again and again is judged on each value."""
    store = np.zeros(2)

    def reuse(x, y, w, b, learning_rate):
        error = y - int(w @ x + b >= 0)
        return [wi + learning_rate * error * xi for wi, xi in zip(w, x, strict=True)], (
            b + learning_rate * error
        )

    assert grade("perceptron_update", reuse) == 3
    assert not store.any()


def test_parts_are_judged_on_their_own():
    def only_weights(x, y, w, b, learning_rate):
        return w + learning_rate * (y - int(w @ x + b >= 0)) * x, "?"

    found = verdicts(find("perceptron_update"), only_weights)
    assert [verdict.passed for verdict in found] == [True, False, False, True]
    assert "b is a str, expected a single number" in found[1].problem


def test_the_mistake_that_explains_most_is_named(capsys):
    """Squeezing a batch of one looks like returning the first point only, until all is seen."""
    grade("neuron_batch", lambda X, w, b: np.squeeze(1 / (1 + np.exp(-(X @ w + b)))))
    out = capsys.readouterr().out
    assert "squeeze" in out
    assert "first point only" not in out


def test_an_unwritten_function_is_not_called_a_mistake(capsys):
    def todo(x, w, b):
        raise NotImplementedError

    assert check("neuron", todo) == 0
    out = capsys.readouterr().out
    assert "not written yet" in out
    assert "sigmoid still has to be" not in out


def test_xor_says_which_corner_is_wrong():
    found = problems(lambda: ([[1, 1], [1, 1]], [-0.5, -1.5], [1, 1], -0.5), "xor_network")
    assert found[0].startswith(
        "for the input (1, 1) the network says 1, expected 0: it computes OR"
    )


def test_xor_recognises_transposed_weights():
    transposed = ([[1, 1], [-1, -1]], [-0.5, 1.5], [1, 1], -1.5)
    assert (
        "with W1 transposed the corners would be right"
        in problems(lambda: transposed, "xor_network")[0]
    )


@pytest.mark.parametrize(
    ("weights", "words"),
    [
        (([[1, 1]], [0, 0], [1, 1], 0), "W1 has shape (1, 2), expected shape (2, 2)"),
        (([[1, 1], [1, 1]], [0, 0], [1, 1], [0]), "b2 has shape (1,), expected a single number"),
        (([[1, 1], [1, "a"]], [0, 0], [1, 1], 0), "W1 is not made of numbers"),
        (([[1, 1], [1, np.nan]], [0, 0], [1, 1], 0), "W1 contains nan or inf"),
        ((1, 2, 3), "has to be four things"),
    ],
)
def test_xor_says_what_is_wrong_with_the_weights(weights, words):
    assert words in problems(lambda: weights, "xor_network")[0]


def test_hints_come_one_by_one_and_the_last_one_stays(capsys):
    for _ in range(4):
        hint("perceptron_predict")
    first, second, third, again = capsys.readouterr().out.splitlines()
    assert first.startswith("Hint 1 of 3")
    assert second.startswith("Hint 2 of 3")
    assert third == again


def test_unknown_names_are_told_the_choices():
    for function in (lambda: check("nuron", right), lambda: hint("nuron")):
        with pytest.raises(ValueError, match=r"neuron_batch.*got 'nuron'"):
            function()


def test_numpy_settings_of_the_student_do_not_reach_the_grader():
    before = np.seterr(all="raise")
    try:
        assert grade("neuron", right) == 2.0
    finally:
        np.seterr(**before)


def test_fractions_and_object_arrays_of_numbers_are_numbers():
    sigmoid = np.frompyfunc(lambda z: 1 / (1 + np.exp(-z)), 1, 1)
    assert grade("neuron_batch", lambda X, w, b: sigmoid(X @ w + b)) == 2.0
    assert grade("count_parameters", lambda s: Fraction(find("count_parameters").reference(s))) == 2


@pytest.mark.parametrize("bias", [-1.92, -1.85])
def test_xor_with_too_little_room_loses_the_point_for_it(bias):
    marks = [v.earned for v in verdicts(find("xor_network"), lambda: or_and(bias))]
    assert marks == [2, 0]


def test_xor_with_just_enough_room_passes():
    assert grade("xor_network", lambda: or_and(-1.79)) == 3


def or_and(bias):
    return [[1, 1], [1, 1]], [-0.5, bias], [1, -1], -0.5


def test_xor_with_enormous_weights_gives_a_verdict_without_a_warning(capsys):
    grade("xor_network", lambda: ([[1e308, 1e308], [1e308, 1e308]], [-1e308, -1e308], [1, 1], -1))
    assert capsys.readouterr().err == ""
    assert (
        "is not made of numbers"
        in problems(lambda: ([[10**400] * 2] * 2, 0, 0, 0), "xor_network")[0]
    )


@pytest.mark.parametrize(
    ("name", "function"),
    [
        ("weighted_sum", lambda x, w, b: sum(x[:-1] * w[:-1]) + b),
        ("weighted_sum", lambda x, w, b: int(w @ x + b)),
        ("neuron", lambda x, w, b: 1 / (1 + np.exp(-x @ w + b / 2))),
        ("count_parameters", lambda sizes: int(np.prod(sizes))),
        ("forward_two_layers", lambda X, W1, b1, W2, b2: np.maximum(0, X @ W1 + b1)),
        ("perceptron_update", lambda x, y, w, b, r: w),
        ("perceptron_train", lambda X, y, r, n: (np.zeros(X.shape[1]), 0.0)),
    ],
)
def test_a_mistake_that_is_not_known_gets_no_name(name, function):
    """Agreeing with a known mistake on one input, by chance, is not enough."""
    wrong = [verdict for verdict in verdicts(find(name), function) if not verdict.passed]
    assert wrong
    assert {verdict.mistake for verdict in wrong} == {""}


def test_points_for_leaving_arguments_alone_need_right_values():
    found = verdicts(find("perceptron_update"), lambda x, y, w, b, r: (w, b))
    assert [verdict.earned for verdict in found] == [0, 0, 0, 0]
    assert found[-1].problem == "counts only together with right values"


class Odd(Exception):
    def __str__(self):
        raise RuntimeError


def throw(error):
    raise error


@pytest.mark.parametrize(
    "function",
    [
        lambda x, w, b: throw(Odd()),
        lambda x, w, b: throw(GeneratorExit()),
        lambda x, w, b: (value for value in x),
        lambda x, w, b: {1, 2},
        lambda x, w, b: [Odd()],
        lambda x, w, b: {"z": 1},
    ],
)
def test_odd_answers_end_in_a_verdict(function, capsys):
    assert grade("neuron", function) == 0
    assert capsys.readouterr().err == ""


def test_a_generator_is_told_what_to_become():
    said = problems(lambda X, w, b: (row @ w for row in X), "neuron_batch")[0]
    assert "the result is of type generator; turn it into a list or an array" in said


def test_putting_an_array_into_a_list_argument_is_noticed():
    def change(sizes):
        count = find("count_parameters").reference(sizes)
        sizes[0] = np.array([1, 2])
        return count

    assert grade("count_parameters", change) == 2


def test_print_floods_are_cut_and_the_verdict_is_still_there(capsys):
    def chatty(x, w, b):
        for _ in range(100_000):
            print("here")
        return right(x, w, b)

    assert check("neuron", chatty) == 2
    out = capsys.readouterr().out
    assert len(out) < 20_000
    assert "the rest of what the function printed is left out" in out
    assert "3 of 3 examples right" in out


def test_a_large_array_is_told_by_its_first_wrong_entry():
    def last_row_wrong(X, W1, b1, W2, b2):
        H, A = find("forward_two_layers").reference(X, W1, b1, W2, b2)
        H[-1, -1] += 1
        return H, A

    said = problems(last_row_wrong, "forward_two_layers")[0]
    assert "H is wrong in 1 of 20 entries; entry [4, 3] is" in said


def test_a_rounded_answer_is_told_so():
    said = problems(lambda x, w, b: round(float(right(x, w, b)), 2))[0]
    assert said.endswith("(is it rounded? return it with all its digits)")
