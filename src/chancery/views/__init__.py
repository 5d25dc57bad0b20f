"""Views: the register drawn up as tables, pure and declared once; each row cites its entries."""

from chancery.views import counts, standing
from chancery.views.base import VIEWS, Column, Row, Scope, View

__all__ = ["VIEWS", "Column", "Row", "Scope", "View", "counts", "standing"]
