"""Both sides of a case: who owns which need, hand-overs, and the plan."""
