"""Is an archive as it was made, and does it give the same numbers again?"""
