"""Type aliases. Only type checkers import this module, so it costs nothing at run time."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

Array: TypeAlias = npt.NDArray[np.floating[Any]]
IntArray: TypeAlias = npt.NDArray[np.integer[Any]]
AnyArray: TypeAlias = npt.NDArray[Any]
ArrayLike: TypeAlias = npt.ArrayLike
DType: TypeAlias = npt.DTypeLike
Elementwise: TypeAlias = Callable[[Any], Any]
Schedule: TypeAlias = Callable[[int], float]
