-- The demo's target: fewer columns than the source, other names, and one that says where a row came from.
CREATE TABLE customer (
  customer_no BIGINT PRIMARY KEY,
  first_name  VARCHAR(40)    NOT NULL,
  last_name   VARCHAR(40)    NOT NULL,
  email       VARCHAR(120)   NOT NULL,
  city        VARCHAR(60)    NOT NULL,
  country     CHAR(2)        NOT NULL,
  revenue     DECIMAL(12, 2) NOT NULL,
  changed_at  TIMESTAMP(6) WITH TIME ZONE NOT NULL,
  origin      VARCHAR(20)    NOT NULL
);
