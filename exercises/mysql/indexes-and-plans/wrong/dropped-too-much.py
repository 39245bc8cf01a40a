# ---
# misconception: "an index is redundant when its column occurs in another one"
# caught_by: test_tidy
# hint: tidy-needed
# ---
# %% grade_id="tidy" language="sql" magic_args="tidy --after by_email newest dashboard"
# DROP INDEX orders_by_customer;
# DROP INDEX orders_by_time;
# DROP INDEX orders_by_time_2;
