"""What every room stands on, and nothing about a study."""
