"""Words that every stage shares: groups, waves and units of the result tables, and places in the configuration."""

COMPARED = ("approach", "control")
GROUPS = (*COMPARED, "rest")
WAVES = ("T0", "follow_up")
# How columns end that hold a value of one wave.
ENDS = dict(zip(WAVES, ("t0", "follow_up"), strict=True))
UNITS = ("household", "adult", "child", "youth")
# A test with a p-value below this is called significant, in every sentence and table.
ALPHA = 0.05
# Standardized mean differences from which groups are called unlike, and badly so (Stuart, Lee & Leacy, 2013).
SMALL_DIFFERENCE, LARGE_DIFFERENCE = 0.1, 0.25
# In what steps percentages of classes are told that would otherwise tell of how many people they are.
CLASS_STEP = 5

CORRECTIONS, RECODES = "corrections.csv", "recodes.csv"
# Lists that may stand beside the exports, by the key that says where they are otherwise.
LISTS = {"corrections_file": CORRECTIONS, "recodes_file": RECODES}
# What looks like an identifier and may stay, by name and date.
CLEARED = "config/cleared.yaml"
# Keys of config/config.yaml that say where something is; what stands there counts.
PLACES = ("raw_dir", "pseudonym_key_file", *LISTS, "variables_file", "container_image")
CORRECTION_FIELDS = ("file", "id", "column", "old_value", "new_value", "reason", "who", "date")
RECODE_FIELDS = ("file", "column", "old", "new", "reason")
COLUMN_NAME_FIELDS = ("file", "raw_name", "canonical_name")
# A column that people may have beside these, for themselves.
REMARK = "remark"
