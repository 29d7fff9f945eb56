"""What every page needs: forms, headers, static files, navigation, paging, error pages."""
