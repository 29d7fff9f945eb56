"""Jobs, calls, scholarships, internships and fellowships that members pass on to each other."""
