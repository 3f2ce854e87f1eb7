"""Chinese, simplified and traditional."""
