"""The slope of a line through samples."""

import math


def slope(samples):
    """Least squares over pairs (x, y): the slope and its standard error."""
    count = len(samples)
    if count < 3:
        raise ValueError("a slope needs three samples")
    mean_x = sum(x for x, _ in samples) / count
    mean_y = sum(y for _, y in samples) / count
    spread = sum((x - mean_x) ** 2 for x, _ in samples)
    slope = sum((x - mean_x) * (y - mean_y) for x, y in samples) / spread
    rest = sum((y - mean_y - slope * (x - mean_x)) ** 2 for x, y in samples)
    return slope, math.sqrt(rest / (count - 2) / spread)
