"""A list scorer that Slatewise exported: rows in, click probabilities out. Needs numpy, pyarrow and onnxruntime."""

from .scorer import Scorer

__all__ = ["Scorer"]
