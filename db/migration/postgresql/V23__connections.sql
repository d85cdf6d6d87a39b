-- What processes share about connections of the type http. Times are microseconds since 1970.

-- The tokens of a connection, which the row locks while they are renewed. CONFIGURED is a digest of the refresh token in the
-- configuration that they come from. TOKENS is encrypted with a key that is derived from the configured secret.
CREATE TABLE SYNC_CONNECTION_TOKEN (
  CONNECTION_NAME VARCHAR(100) COLLATE "C" NOT NULL PRIMARY KEY,
  CONFIGURED      VARCHAR(64),
  TOKENS          TEXT       
);

-- From when on the next request of a connection with a rate-limit may be sent.
CREATE TABLE SYNC_CONNECTION_PACE (
  CONNECTION_NAME VARCHAR(100) COLLATE "C" NOT NULL PRIMARY KEY,
  NEXT_CALL       BIGINT NOT NULL
);
