# ---
# misconception: "NOT IN works for any list"
# caught_by: test_forget
# hint: forget-which
# ---
# %% grade_id="forget" language="sql" magic_args="forget"
# DELETE FROM customers
# WHERE forget_on <= '2026-04-30' AND id NOT IN (SELECT customer_id FROM orders);
