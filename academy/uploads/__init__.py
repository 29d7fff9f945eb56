"""Files that members hand in: told by content, kept under the hash of their bytes, given out as attachments only."""
