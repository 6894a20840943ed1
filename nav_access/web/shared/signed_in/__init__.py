"""What every signed-in door shares: its lock, session, sign-in, drafts, page frame and words."""
