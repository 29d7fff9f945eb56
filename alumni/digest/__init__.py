"""A letter now and then to members who want one: new people, events, groups, opportunities. Nobody gets it unasked."""
