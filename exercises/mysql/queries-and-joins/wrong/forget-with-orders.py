# ---
# misconception: "DELETE takes what refers to the row along"
# caught_by: test_forget
# hint: forget-orders
# ---
# %% grade_id="forget" language="sql" magic_args="forget"
# DELETE FROM customers WHERE forget_on <= '2026-04-30';
