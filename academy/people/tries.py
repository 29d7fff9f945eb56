"""How often things about accounts may be tried (docs/security.md, limits)."""

from academy.web.limits import Limit

QUARTER, HOUR, DAY = 15 * 60, 60 * 60, 24 * 60 * 60
SIGN_IN_ACCOUNT = Limit("sign-in account", 10, QUARTER)
SIGN_IN_NETWORK = Limit("sign-in network address", 30, HOUR)
SECOND_STEP = Limit("sign-in code", 10, QUARTER)
PROOF = Limit("proof", 10, QUARTER)
REGISTER = Limit("register", 10, HOUR)
LETTERS = Limit("letters to an address", 3, HOUR)
RESETS = Limit("resets from a network address", 30, HOUR)
NEW_ADDRESS = Limit("new address", 5, HOUR)
EXPORT = Limit("export", 2, DAY)
