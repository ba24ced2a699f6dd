"""Pictures for the course, in colours that colour-blind readers can tell apart.

Needs Matplotlib, which is imported when a function is called: `pip install matplotlib`.
Classes differ in marker as well as in colour. Every function returns the axes that it drew on.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

import numpy as np

from nnlib._checks import as_float, check_positive_integer

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from matplotlib.axes import Axes

    from nnlib._types import AnyArray, Array, ArrayLike

OKABE_ITO = (
    "#0072B2",
    "#D55E00",
    "#009E73",
    "#CC79A7",
    "#E69F00",
    "#56B4E9",
    "#F0E442",
    "#000000",
)
"""Eight colours that stay apart in all common kinds of colour blindness (Okabe and Ito, 2008)."""

_MARKERS = "osD^vPX*"


def use_course_style() -> None:
    """Set Matplotlib's defaults for this session: colours, grid, readable sizes."""
    plt = _pyplot()
    cycler = importlib.import_module("cycler").cycler  # a part of Matplotlib's installation
    styles = ["-", "--", "-.", ":", "-", "--", "-.", ":"]
    plt.rcParams.update(
        {
            "axes.prop_cycle": cycler(color=OKABE_ITO) + cycler(linestyle=styles),
            "axes.grid": True,
            "axes.spines.right": False,
            "axes.spines.top": False,
            "figure.constrained_layout.use": True,
            "figure.figsize": (6.4, 4.0),
            "font.size": 11.0,
            "grid.alpha": 0.3,
            "image.cmap": "cividis",
            "lines.linewidth": 2.0,
            "savefig.dpi": 150,
        }
    )


def decision_boundary(
    model: Any,
    X: ArrayLike,
    y: ArrayLike,
    ax: Axes | None = None,
    *,
    threshold: float = 0.5,
    resolution: int = 200,
    padding: float = 0.5,
) -> Axes:
    """Colour the plane by what a model answers, and draw the points on top.

    Parameters
    ----------
    model : object with `predict`, or a callable
        Takes points of shape (K, 2). One number per point, shape (K,) or (K, 1), means class 1
        where it reaches `threshold`; C scores per point, shape (K, C), mean the largest wins.
    X : array of shape (N, 2)
    y : integer labels of shape (N,) or (N, 1)
    ax : Axes, optional
        A new figure by default.
    threshold : float
        0.5 for probabilities and labels; 0.0 for a model that gives logits.
    resolution : int
        Points per axis of the grid.
    padding : float
        Room around the points.

    Raises
    ------
    ValueError
        If X does not have two features, or the answers have another shape.
    """
    points = as_float(X, "decision_boundary X")
    if points.ndim != 2 or points.shape[1] != 2 or len(points) == 0:
        raise ValueError(f"decision_boundary: expected X of shape (N, 2), got {points.shape}")
    labels = np.asarray(y).reshape(-1)
    if len(labels) != len(points):
        raise ValueError(f"decision_boundary: expected {len(points)} labels, got {len(labels)}")
    ax = _axes(ax)
    low, high = points.min(axis=0) - padding, points.max(axis=0) + padding
    across, up = (np.linspace(low[i], high[i], resolution) for i in (0, 1))
    grid = np.stack(np.meshgrid(across, up), axis=-1).reshape(-1, 2)
    answer = np.asarray(model.predict(grid) if hasattr(model, "predict") else model(grid))
    values, levels = _regions(answer, len(grid), threshold)
    classes = max(len(levels) - 1, int(labels.max()) + 1)
    heights = values.reshape(resolution, resolution)
    colors = [OKABE_ITO[k % len(OKABE_ITO)] for k in range(classes)]
    ax.contourf(across, up, heights, levels=levels, colors=colors[: len(levels) - 1], alpha=0.25)
    if values.min() < levels[-2] and values.max() > levels[1]:
        ax.contour(across, up, heights, levels=levels[1:-1], colors="black", linewidths=1.0)
    for k in range(classes):
        ax.plot(
            *points[labels == k].T,
            linestyle="none",
            marker=_MARKERS[k % len(_MARKERS)],
            color=colors[k],
            markeredgecolor="white",
            markersize=7,
            label=f"class {k}",
        )
    # Fixed limits, so that a line drawn later does not widen the picture.
    ax.set(xlabel="$x_1$", ylabel="$x_2$", xlim=(low[0], high[0]), ylim=(low[1], high[1]))
    ax.legend()
    return ax


def line_of(weights: ArrayLike, bias: float, *, half_length: float = 10.0) -> Array:
    """Two points of the line w·x + b = 0 in the plane, to draw with `ax.plot(*points.T)`.

    Parameters
    ----------
    weights : array of shape (2,)
    bias : float
    half_length : float
        How far the two points lie from the point of the line that is nearest to the origin.

    Returns
    -------
    array of shape (2, 2)
        One point per row. Upright lines work too, since no slope is computed.

    Raises
    ------
    ValueError
        If there are not two weights, or if both are zero.

    >>> line_of([1.0, 0.0], -3.0, half_length=1.0)
    array([[ 3., -1.],
           [ 3.,  1.]])
    """
    w = as_float(weights, "line_of weights").astype(np.float64)
    if w.shape != (2,):
        raise ValueError(f"line_of: expected weights of shape (2,), got {w.shape}")
    length = float(np.hypot(*w))
    if length == 0.0:
        raise ValueError("line_of: expected weights that are not both zero; they give no line")
    nearest = -float(bias) * w / length**2
    along = np.array([-w[1], w[0]]) / length
    return np.stack([nearest - half_length * along, nearest + half_length * along])


def learning_curve(
    history: Mapping[str, Sequence[float]], axes: Sequence[Axes] | None = None
) -> list[Axes]:
    """Draw loss and metrics by epoch; validation as a dashed line.

    Parameters
    ----------
    history : History
        What `Sequential.fit` returned.
    axes : sequence of Axes, optional
        One for the loss and one for every metric; a new figure by default.

    Raises
    ------
    ValueError
        If nothing was recorded, or if the number of axes does not fit.
    """
    names = [name for name in history if not name.startswith("val_") and len(history[name])]
    if not names:
        raise ValueError("learning_curve: expected at least one finished epoch, got none")
    if axes is None:
        figure = _pyplot().figure(figsize=(5.0 * len(names), 3.6), layout="constrained")
        axes = [figure.add_subplot(1, len(names), i + 1) for i in range(len(names))]
    drawn = list(np.ravel(np.asarray(axes, dtype=object)))
    if len(drawn) != len(names):
        raise ValueError(
            f"learning_curve: expected {len(names)} axes, for {', '.join(names)}; got {len(drawn)}"
        )
    for ax, name in zip(drawn, names, strict=True):
        for key, label, style, color in (
            (name, "training", "-", OKABE_ITO[0]),
            (f"val_{name}", "validation", "--", OKABE_ITO[1]),
        ):
            if key in history:
                values = history[key]
                marker = "o" if len(values) == 1 else None  # one point makes no line
                epochs = range(1, len(values) + 1)
                ax.plot(epochs, values, style, color=color, marker=marker, label=label)
        ax.set(xlabel="epoch", ylabel=name)
        ax.xaxis.get_major_locator().set_params(integer=True)
        ax.legend()
    return drawn


def digits_sheet(
    images: ArrayLike,
    labels: ArrayLike | None = None,
    predictions: ArrayLike | None = None,
    ax: Axes | None = None,
    *,
    columns: int = 8,
) -> Axes:
    """Draw many small images on one sheet, with what they are and what a model took them for.

    Parameters
    ----------
    images : array of shape (N, H, W)
    labels, predictions : arrays of shape (N,), optional
        Written above each image. A wrong prediction reads "8, is 3", in bold.
    ax : Axes, optional
        A new figure by default.
    columns : int

    Raises
    ------
    ValueError
        If the images do not have shape (N, H, W), or the lengths differ.
    """
    tiles = as_float(images, "digits_sheet images")
    if tiles.ndim != 3 or len(tiles) == 0:
        raise ValueError(f"digits_sheet: expected images of shape (N, H, W), got {tiles.shape}")
    count, height, width = tiles.shape
    names = _captions(count, labels, predictions)
    columns = min(check_positive_integer(columns, "digits_sheet columns"), count)
    rows = -(-count // columns)
    # Room above each tile for its caption, and a gap at its right.
    room, gap = (height * 3 // 8 if names else height // 8), max(width // 8, 1)
    sheet = np.full((rows * (height + room), columns * (width + gap)), np.nan)
    if ax is None:
        size = (columns * 0.85, rows * 0.85 * (height + room) / (width + gap))
        ax = _pyplot().figure(figsize=size, layout="constrained").add_subplot()
    for i, tile in enumerate(tiles):
        top, left = (i // columns) * (height + room) + room, (i % columns) * (width + gap)
        sheet[top : top + height, left : left + width] = tile
        if names:
            text, wrong = names[i]
            ax.text(
                left + (width - 1) / 2,
                top - 0.5 - room / 8,
                text,
                ha="center",
                va="bottom",
                fontsize=9,
                weight="bold" if wrong else "normal",
                color="#A33F00" if wrong else "black",
            )
    ax.imshow(sheet, cmap="gray_r", interpolation="nearest")
    ax.set_axis_off()
    return ax


def _captions(
    count: int, labels: ArrayLike | None, predictions: ArrayLike | None
) -> list[tuple[str, bool]]:
    """Return for every image its caption and whether the prediction is wrong."""
    for what, values in (("labels", labels), ("predictions", predictions)):
        if values is not None and np.shape(values) != (count,):
            raise ValueError(f"digits_sheet: expected {count} {what}, got shape {np.shape(values)}")
    if predictions is None:
        return [] if labels is None else [(str(label), False) for label in np.asarray(labels)]
    guesses = np.asarray(predictions)
    if labels is None:
        return [(str(guess), False) for guess in guesses]
    return [
        (str(guess), False) if guess == label else (f"{guess}, is {label}", True)
        for guess, label in zip(guesses, np.asarray(labels), strict=True)
    ]


def _regions(answer: AnyArray, count: int, threshold: float) -> tuple[Array, list[float]]:
    """Return one number per grid point, and the levels between which the classes lie."""
    if answer.shape[:1] == (count,) and answer.ndim == 2 and answer.shape[1] >= 2:
        return answer.argmax(axis=1).astype(float), [k - 0.5 for k in range(answer.shape[1] + 1)]
    if answer.shape not in ((count,), (count, 1)):
        raise ValueError(
            f"decision_boundary: expected answers of shape ({count},), ({count}, 1) or "
            f"({count}, C) from the model, got {answer.shape}"
        )
    values = answer.reshape(-1).astype(float)
    return values, [
        min(float(values.min()), threshold) - 1,
        threshold,
        max(float(values.max()), threshold) + 1,
    ]


def _axes(ax: Axes | None) -> Axes:
    return _pyplot().figure(layout="constrained").add_subplot() if ax is None else ax


def _pyplot() -> Any:
    """Import Matplotlib, or say what to install."""
    try:
        return importlib.import_module("matplotlib.pyplot")
    except ImportError as error:
        raise ImportError(
            "nnlib.plot draws with Matplotlib, which is not installed: pip install matplotlib"
        ) from error
