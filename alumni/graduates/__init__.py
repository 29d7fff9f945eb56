"""Who belongs to the network, and with which cohort."""
