"""Groups of the network: a country, a theme, a caucus; open, by request, or hidden."""
