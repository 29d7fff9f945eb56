"""Courses come in and go out: folders and zips byte for byte, one page of HTML, an e-book."""
