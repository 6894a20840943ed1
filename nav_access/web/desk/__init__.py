"""The desk: where an office's staff see who waits, reach them, and write down what happened."""
