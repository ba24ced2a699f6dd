"""Settings for all tests of nnlib."""

from hypothesis import settings

# The first example pays for imports and caches, and machines get busy: no time limit for one.
settings.register_profile("nnlib", deadline=None)
settings.load_profile("nnlib")
