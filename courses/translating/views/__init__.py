"""The pages of languages: how far each is, a file beside its translation, what translators get and send back."""
