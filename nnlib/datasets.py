"""Data sets: real ones that come with scikit-learn, small made ones, and `split`.

Nothing is downloaded. The real sets need scikit-learn: `pip install scikit-learn`.
Every call reads the data anew, so the arrays may be changed freely.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

import numpy as np

from nnlib._checks import choose
from nnlib._dataset import Dataset, Split, split
from nnlib._made_data import and_gate, blobs, nand_gate, or_gate, xor_gate

if TYPE_CHECKING:
    from nnlib._types import Array

__all__ = [
    "Dataset",
    "Split",
    "and_gate",
    "blobs",
    "breast_cancer",
    "diabetes",
    "digits",
    "iris",
    "linnerud",
    "nand_gate",
    "or_gate",
    "photo",
    "split",
    "wine",
    "xor_gate",
]


def digits() -> Dataset:
    """1,797 handwritten digits, 8×8 grey images; `x` is scaled to [0, 1], 10 classes.

    `digits().images` has shape (1797, 8, 8).
    """
    raw = _sklearn("datasets").load_digits()
    return Dataset(
        x=(raw.data / 16).astype(np.float32),
        y=raw.target.astype(np.int64),
        feature_names=tuple(str(name) for name in raw.feature_names),
        target_names=tuple(str(name) for name in raw.target_names),
        description="handwritten digits 0 to 9, 8×8 pixels",
        source="Alpaydin and Kaynak (1998), UCI; the test part, as in scikit-learn",
        image_shape=(8, 8),
    )


def iris() -> Dataset:
    """150 iris flowers of 3 species, 4 measurements in cm."""
    return _classes("load_iris", "iris flowers of three species", "Fisher (1936)")


def wine() -> Dataset:
    """178 Italian wines of 3 cultivars, 13 chemical measurements on very different scales."""
    return _classes("load_wine", "wines of three cultivars", "Forina et al., PARVUS; UCI")


def breast_cancer() -> Dataset:
    """569 tumours, malignant (0) or benign (1), 30 measurements of cell nuclei."""
    return _classes(
        "load_breast_cancer",
        "breast tumours, malignant (0) or benign (1)",
        "Street, Wolberg and Mangasarian (1993), UCI",
    )


def diabetes() -> Dataset:
    """442 patients: age, sex, BMI, blood pressure and six serum values, not scaled.

    The target is a measure of how far the disease has gone one year later (25 to 346).
    """
    raw = _sklearn("datasets").load_diabetes(scaled=False)
    return Dataset(
        x=raw.data.astype(np.float32),
        y=raw.target.astype(np.float32),
        feature_names=tuple(raw.feature_names),
        target_names=("disease progression",),
        description="diabetes patients and the progression of their disease",
        source="Efron, Hastie, Johnstone and Tibshirani (2004)",
    )


def linnerud() -> Dataset:
    """20 men: chin-ups, sit-ups and jumps; the 3 targets are weight, waist and pulse."""
    raw = _sklearn("datasets").load_linnerud()
    return Dataset(
        x=raw.data.astype(np.float32),
        y=raw.target.astype(np.float32),
        feature_names=tuple(raw.feature_names),
        target_names=tuple(raw.target_names),
        description="exercises and physiology of twenty men",
        source="A. C. Linnerud, North Carolina State University; in Tenenhaus (1998)",
    )


def photo(name: str) -> Array:
    """A real photograph, `"china"` or `"flower"`: shape (427, 640, 3), float32 in [0, 1]."""
    file = choose({"china": "china.jpg", "flower": "flower.jpg"}, name, "photo")
    pixels = _sklearn("datasets").load_sample_image(file)
    return np.asarray(pixels, dtype=np.float32) / 255


def _classes(loader: str, description: str, source: str) -> Dataset:
    raw = getattr(_sklearn("datasets"), loader)()
    return Dataset(
        x=raw.data.astype(np.float32),
        y=raw.target.astype(np.int64),
        feature_names=tuple(str(name) for name in raw.feature_names),
        target_names=tuple(str(name) for name in raw.target_names),
        description=description,
        source=source,
    )


def _sklearn(module: str) -> Any:
    """Import a module of scikit-learn, or say what to install."""
    try:
        return importlib.import_module(f"sklearn.{module}")
    except ImportError as error:
        raise ImportError(
            "this data set comes with scikit-learn, which is not installed: "
            "pip install scikit-learn"
        ) from error
