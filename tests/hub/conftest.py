from tests.hub.fixtures import ask, hub, xet

__all__ = ["ask", "hub", "xet"]
