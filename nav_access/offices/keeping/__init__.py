"""What an office's managers keep themselves: hours, reasons, lines, measures; and the register."""
