"""Which sentence is true of an outcome; the words stand in resources/pages/report/sentences.nl.yaml."""
