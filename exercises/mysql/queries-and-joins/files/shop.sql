CREATE TABLE categories (
    id   INTEGER PRIMARY KEY,
    name VARCHAR(40) NOT NULL UNIQUE
);

CREATE TABLE products (
    id          INTEGER PRIMARY KEY,
    sku         VARCHAR(20) NOT NULL UNIQUE,
    name        VARCHAR(80) NOT NULL UNIQUE,
    category_id INTEGER,
    price_cents INTEGER NOT NULL,
    stock       INTEGER NOT NULL,
    min_stock   INTEGER,
    ended_on    DATE,
    FOREIGN KEY (category_id) REFERENCES categories (id)
);

CREATE TABLE customers (
    id          INTEGER PRIMARY KEY,
    name        VARCHAR(80) NOT NULL,
    city        VARCHAR(40),
    referred_by INTEGER,
    forget_on   DATE,
    FOREIGN KEY (referred_by) REFERENCES customers (id) ON DELETE SET NULL
);

CREATE TABLE orders (
    id          INTEGER PRIMARY KEY,
    customer_id INTEGER,
    placed_on   DATE NOT NULL,
    status      VARCHAR(10) NOT NULL CHECK (status IN ('open', 'paid', 'shipped', 'cancelled')),
    FOREIGN KEY (customer_id) REFERENCES customers (id)
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

INSERT INTO categories (id, name) VALUES (1, 'tea'), (2, 'cups and pots');

INSERT INTO products (id, sku, name, category_id, price_cents, stock, min_stock, ended_on) VALUES
    (1, 'assam',    'Assam, 100 g',  1,    690,  12, 20,   NULL),
    (2, 'mug-blue', 'Blue mug',      2,    1200, 3,  3,    NULL),
    (3, 'pot-iron', 'Iron pot',      2,    4900, 0,  2,    NULL),
    (4, 'ceylon',   'Ceylon, 100 g', 1,    890,  2,  10,   NULL),
    (5, 'mug-old',  'Old mug',       2,    800,  0,  5,    '2025-12-31'),
    (6, 'voucher',  'Gift voucher',  NULL, 2500, 0,  NULL, NULL);

INSERT INTO customers (id, name, city, referred_by, forget_on) VALUES
    (1, 'Ada',  'Berlin', NULL, NULL),
    (2, 'Bo',   'Rome',   1,    NULL),
    (3, 'Cem',  NULL,     1,    '2026-04-01'),
    (4, 'Dina', 'Berlin', 2,    NULL),
    (5, 'Eve',  NULL,     NULL, '2026-04-30'),
    (6, 'Finn', 'Rome',   5,    NULL);

INSERT INTO orders (id, customer_id, placed_on, status) VALUES
    (1, 1,    '2026-01-15', 'shipped'),
    (2, 2,    '2026-02-20', 'open'),
    (3, 1,    '2026-03-02', 'paid'),
    (4, 3,    '2026-03-05', 'cancelled'),
    (5, NULL, '2026-03-08', 'paid'),
    (6, 4,    '2026-03-09', 'shipped'),
    (7, 2,    '2026-03-09', 'open');

INSERT INTO order_lines (order_id, product_id, quantity, price_cents) VALUES
    (1, 1, 2, 650), (1, 2, 1, 1200),
    (2, 4, 1, 890),
    (3, 1, 3, 650), (3, 3, 1, 4900),
    (4, 2, 2, 1200),
    (5, 6, 1, 2500), (5, 2, 2, 1100),
    (6, 4, 4, 890),
    (7, 3, 1, 4900);
