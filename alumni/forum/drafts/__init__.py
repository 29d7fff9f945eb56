"""What somebody began to write in the forum and has not sent."""
