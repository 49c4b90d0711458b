"""Which sentence is true of an outcome; the words stand in resources/report/texts.nl.yaml."""
