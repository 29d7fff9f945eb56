"""Tables for people who go on working with them elsewhere: CSV and XLSX."""
