"""The columns of every result table, by stage: type, unit and ids; what they mean stands with the Dutch words."""
