"""Derived facts. Everything here is pure: from plans, policy and a day to frozen facts, the same on every machine."""
