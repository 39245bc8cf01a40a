CREATE TABLE accounts (
    id            INTEGER PRIMARY KEY,
    owner         VARCHAR(80) NOT NULL,
    email         VARCHAR(254) NOT NULL UNIQUE,
    balance_cents INTEGER NOT NULL,
    version       INTEGER NOT NULL DEFAULT 1
);

CREATE TABLE transfers (
    id     INTEGER PRIMARY KEY,
    source INTEGER NOT NULL,
    target INTEGER NOT NULL,
    cents  INTEGER NOT NULL CHECK (cents <= 50000),
    FOREIGN KEY (source) REFERENCES accounts (id),
    FOREIGN KEY (target) REFERENCES accounts (id)
);

INSERT INTO accounts (id, owner, email, balance_cents) VALUES
    (1, 'Ada Ohm',     'ada@example.com',    1000),
    (2, 'Bo O''Neil',  'o''neil@example.com', 500),
    (3, 'Cem Ohm',     'cem@example.com',  100000),
    (4, '50% Club',    '50%@example.com',     500),
    (5, 'Team_Red',    'red@example.com',       0),
    (6, 'Go! Runners', 'go@example.com',      700);
