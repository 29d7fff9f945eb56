"""The pages of certificates: for everybody, for their holders, for those who run the place."""
