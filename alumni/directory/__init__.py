"""The directory: finding people of the network, each as far as they let the one who looks."""
