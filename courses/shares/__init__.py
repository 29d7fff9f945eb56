"""What holders of certificates show by links, and how often a code was checked: counts, and never by whom."""
