"""What holders of certificates let others see by a link, and how often a code was checked: counts, and never by whom."""
