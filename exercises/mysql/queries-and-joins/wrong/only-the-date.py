# ---
# misconception: "old orders are all orders before the date"
# caught_by: test_cancel_old
# hint: cancel-which
# ---
# %% grade_id="cancel_old" language="sql" magic_args="cancel_old"
# UPDATE orders SET status = 'cancelled' WHERE placed_on < '2026-03-01';
