"""The digits of Dari and Pashto beside the Western ones."""

WESTERN = "0123456789"
EASTERN = str.maketrans(WESTERN, "۰۱۲۳۴۵۶۷۸۹")
