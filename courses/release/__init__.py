"""When lessons open: by a day, by days since joining, after others; and what trainers change about it for somebody."""
