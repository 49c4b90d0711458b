"""One run in one file: is it as it was, and does it give the same numbers?"""
