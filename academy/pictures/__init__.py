"""Pictures and documents that people upload, bare of what they would tell about their makers.

Two ways: `bare` leaves the pixels of what members hand in untouched; `service` makes pictures of courses small anew.
"""
