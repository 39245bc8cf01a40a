CREATE TABLE customers (
    id    INTEGER PRIMARY KEY,
    name  VARCHAR(80) NOT NULL,
    email VARCHAR(254) NOT NULL
);

CREATE TABLE orders (
    id          INTEGER PRIMARY KEY,
    customer_id INTEGER NOT NULL,
    status      VARCHAR(10) NOT NULL,
    placed_at   DATETIME NOT NULL,
    total_cents INTEGER NOT NULL,
    FOREIGN KEY (customer_id) REFERENCES customers (id)
);

CREATE INDEX customers_by_name ON customers (name);
CREATE INDEX orders_by_customer ON orders (customer_id);
CREATE INDEX orders_by_time ON orders (placed_at);
CREATE INDEX orders_by_time_2 ON orders (placed_at);

WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < 300)
INSERT INTO customers (id, name, email)
SELECT n, 'Customer ' || (n % 120), 'c' || n || '@example.com' FROM numbers;

WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < 2000)
INSERT INTO orders (id, customer_id, status, placed_at, total_cents)
SELECT n,
       n * 7919 % 300 + 1,
       CASE WHEN n % 10 = 0 THEN 'open' WHEN n % 7 = 0 THEN 'cancelled' ELSE 'paid' END,
       DATETIME('2026-01-01 06:00:00', '+' || (n * 97) || ' minutes'),
       n * 37 % 900 * 10 + 500
FROM numbers;
