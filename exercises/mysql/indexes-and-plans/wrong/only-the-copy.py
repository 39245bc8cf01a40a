# ---
# misconception: "only an index with the same columns is redundant"
# caught_by: test_tidy
# hint: tidy-redundant
# ---
# %% grade_id="tidy" language="sql" magic_args="tidy --after by_email newest dashboard"
# DROP INDEX orders_by_time_2;
