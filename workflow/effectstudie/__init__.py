"""From raw exports to a Dutch report: a sub-package per stage, imports one way down (docs/architecture.md)."""
