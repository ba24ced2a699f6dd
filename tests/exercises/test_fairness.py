"""Every exercise is fair: right answers of any form get all marks, wrong ones never do."""

import numpy as np
import pytest

from exercises.alternatives import alternatives
from exercises.compare import same
from exercises.grading import verdicts
from exercises.judge import judge
from exercises.spec import Check, Exercise
from exercises.specs import assignments, find, load

EXERCISES = [exercise for assignment in assignments() for exercise in load(assignment)]
SEEDS = ("", "another class", "third")


MISTAKES = [
    pytest.param(exercise, mistake, id=f"{exercise.name}-{mistake.name}")
    for exercise in EXERCISES
    for mistake in exercise.mistakes
]
ALTERNATIVES = [
    pytest.param(exercise, function, id=f"{exercise.name}-{number}")
    for exercise in EXERCISES
    for number, function in enumerate(alternatives(exercise.name))
]


def each(exercise: Exercise):
    return pytest.param(exercise, id=exercise.name)


def earned(exercise, function, seed=""):
    return sum(verdict.earned for verdict in verdicts(exercise, function, seed))


def names(verdict, mistake):
    """Exercises with many right answers name a mistake within the problem."""
    return verdict.mistake == mistake.message or mistake.message in verdict.problem


def on_examples(exercise, function):
    checks = [(Check(e.label, 1, lambda rng: []), [e.arguments]) for e in exercise.examples]
    return judge(exercise, function, checks)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("exercise", [each(e) for e in EXERCISES])
def test_the_reference_earns_everything(exercise, seed):
    assert earned(exercise, exercise.reference, seed) == exercise.points
    assert all(verdict.passed for verdict in on_examples(exercise, exercise.reference))


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize(("exercise", "alternative"), ALTERNATIVES)
def test_another_right_solution_earns_everything(exercise, alternative, seed):
    problems = [v.problem for v in verdicts(exercise, alternative, seed) if not v.passed]
    assert problems == []
    assert [v.problem for v in on_examples(exercise, alternative) if not v.passed] == []


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize(("exercise", "mistake"), MISTAKES)
def test_a_known_mistake_loses_points_and_is_named(exercise, mistake, seed):
    found = verdicts(exercise, mistake.function, seed)
    assert sum(verdict.earned for verdict in found) < exercise.points
    assert all(names(verdict, mistake) for verdict in found if not verdict.passed)


@pytest.mark.parametrize(("exercise", "mistake"), MISTAKES)
def test_the_visible_check_never_gives_a_mistake_another_name(exercise, mistake):
    wrong = [verdict for verdict in on_examples(exercise, mistake.function) if not verdict.passed]
    assert all(names(verdict, mistake) for verdict in wrong)


def test_the_visible_check_names_most_mistakes_too():
    """Mistakes that only hidden inputs can show are few, and listed here."""
    hidden_only = {("xor_network", "no margin"), ("perceptron_update", "in place")}
    hidden_only |= {("neuron_batch", "squeezed")}
    unseen = {
        (exercise.name, mistake.name)
        for exercise in EXERCISES
        for mistake in exercise.mistakes
        if all(verdict.passed for verdict in on_examples(exercise, mistake.function))
    }
    assert unseen == hidden_only


def unwritten(*_):
    raise NotImplementedError


LAZY = [
    pytest.param(unwritten, id="untouched"),
    pytest.param(lambda *_: None, id="None"),
    pytest.param(lambda *_: 0, id="0"),
    pytest.param(lambda *_: 1.0, id="1"),
    pytest.param(lambda *_: 0.5, id="one half"),
    pytest.param(lambda *_: (), id="empty tuple"),
    pytest.param(lambda *_: "yes", id="text"),
    pytest.param(lambda *a: a[0] if a else [], id="first argument"),
    pytest.param(lambda *a: a[-1] if a else [], id="last argument"),
    pytest.param(lambda *a: a[2:4], id="arguments three and four"),
    pytest.param(lambda *a: np.zeros(len(np.atleast_1d(a[0]))) if a else 0, id="zeros"),
    pytest.param(lambda *a: np.ones(len(np.atleast_1d(a[0]))) if a else 0, id="ones"),
]


@pytest.mark.parametrize("answer", LAZY)
@pytest.mark.parametrize("exercise", [each(e) for e in EXERCISES])
def test_no_work_earns_nothing(exercise, answer):
    assert earned(exercise, answer) == 0


# An exercise whose function takes no inputs has nothing to memorise.
@pytest.mark.parametrize("exercise", [each(e) for e in EXERCISES if e.parameters])
def test_memorising_the_examples_earns_nothing(exercise):
    def memorised(*arguments):
        for example in exercise.examples:
            if all(map(same, arguments, example.arguments)):
                return exercise.reference(*example.arguments)
        return None

    assert all(verdict.passed for verdict in on_examples(exercise, memorised))
    assert earned(exercise, memorised) == 0


@pytest.mark.parametrize("exercise", [each(e) for e in EXERCISES])
def test_the_same_seed_draws_the_same_inputs(exercise):
    def calls(seed):
        seen = []

        def spy(*arguments):
            seen.append(arguments)
            return exercise.reference(*arguments)

        verdicts(exercise, spy, seed)
        return seen

    first, again, other = calls("a"), calls("a"), calls("b")
    assert len(first) == len(again)
    for one, two in zip(first, again, strict=True):
        assert all(map(np.array_equal, one, two))
    if exercise.parameters:
        changed = zip(first, other, strict=False)
        assert any(not all(map(np.array_equal, one, two)) for one, two in changed)


@pytest.mark.parametrize("exercise", [each(e) for e in EXERCISES])
def test_the_spec_is_complete(exercise):
    assert exercise.points > 0
    assert len(exercise.hints) >= 3
    assert len(exercise.mistakes) >= 3
    assert len(alternatives(exercise.name)) >= 2
    assert exercise.difficulty in ("easy", "medium", "hard")
    for example in exercise.examples:
        assert len(example.arguments) >= len(exercise.parameters)


def test_names_are_unique():
    names = [exercise.name for exercise in EXERCISES]
    assert len(names) == len(set(names))


def test_an_unknown_exercise_or_assignment_is_an_error_that_lists_the_choices():
    with pytest.raises(ValueError, match=r"weighted_sum.*got 'weighted_sums'"):
        find("weighted_sums")
    with pytest.raises(ValueError, match=r"01_neurons.*got '99_none'"):
        load("99_none")
