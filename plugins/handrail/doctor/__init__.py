"""What would let a change slip past the gate: the host's settings and the clone, looked at by one who wants to get past."""
