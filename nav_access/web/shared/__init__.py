"""What every door uses: pages, forms, tokens, guards, words for codes."""
