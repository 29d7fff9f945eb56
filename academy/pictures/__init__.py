"""Pictures and documents that people upload, made small and bare of what they would tell about their makers."""
