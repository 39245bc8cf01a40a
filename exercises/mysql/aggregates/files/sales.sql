CREATE TABLE products (
    id   INTEGER PRIMARY KEY,
    name VARCHAR(80) NOT NULL
);

CREATE TABLE orders (
    id          INTEGER PRIMARY KEY,
    customer_id INTEGER,
    placed_on   DATE NOT NULL,
    status      VARCHAR(10) NOT NULL CHECK (status IN ('done', 'cancelled')),
    rating      INTEGER CHECK (rating BETWEEN 1 AND 5)
);

CREATE TABLE order_lines (
    order_id    INTEGER NOT NULL,
    product_id  INTEGER NOT NULL,
    quantity    INTEGER NOT NULL CHECK (quantity > 0),
    price_cents INTEGER NOT NULL,
    PRIMARY KEY (order_id, product_id),
    FOREIGN KEY (order_id) REFERENCES orders (id),
    FOREIGN KEY (product_id) REFERENCES products (id)
);

CREATE TABLE payments (
    id       INTEGER PRIMARY KEY,
    order_id INTEGER NOT NULL,
    cents    INTEGER NOT NULL,
    FOREIGN KEY (order_id) REFERENCES orders (id)
);

CREATE TABLE months (
    month CHAR(7) PRIMARY KEY
);

INSERT INTO products (id, name) VALUES
    (1, 'Assam, 100 g'), (2, 'Blue mug'), (3, 'Iron pot'), (4, 'Ceylon, 100 g'), (5, 'Blue mug');

INSERT INTO orders (id, customer_id, placed_on, status, rating) VALUES
    (1, 1,    '2026-01-10', 'done',      5),
    (2, 2,    '2026-01-31', 'done',      NULL),
    (3, 1,    '2026-02-01', 'cancelled', 1),
    (4, NULL, '2026-03-05', 'done',      4),
    (5, 3,    '2026-03-20', 'done',      NULL),
    (6, 2,    '2026-03-31', 'done',      2),
    (7, 9,    '2026-04-02', 'cancelled', NULL);

INSERT INTO order_lines (order_id, product_id, quantity, price_cents) VALUES
    (1, 1, 2, 690), (1, 2, 1, 1200),
    (2, 4, 3, 890),
    (3, 3, 9, 4900),
    (4, 1, 4, 650), (4, 5, 2, 900),
    (5, 2, 4, 1200), (5, 3, 1, 4900),
    (6, 4, 2, 890), (6, 5, 3, 900),
    (7, 1, 1, 690);

INSERT INTO payments (id, order_id, cents) VALUES
    (1, 1, 2580),
    (2, 2, 1000),
    (3, 2, 1000),
    (4, 4, 2200),
    (5, 4, 2200),
    (6, 6, 5000);

INSERT INTO months (month) VALUES ('2026-01'), ('2026-02'), ('2026-03'), ('2026-04');
