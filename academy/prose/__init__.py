"""How Markdown becomes safe HTML; the rest of the site comes in by `academy.markdown` only."""
