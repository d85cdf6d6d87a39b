-- Times are UTC.

-- the states of Links of which people are notified: since when, from when they are told of it, and whether they were.
-- A row that is not told yet may be of a state that only begins when its time has come.
CREATE TABLE SYNC_NOTICE_STATE (
  LINK   VARCHAR(100) NOT NULL,
  KIND   VARCHAR(20)  NOT NULL,
  SINCE  DATETIME(6) NOT NULL,
  DUE_AT DATETIME(6) NOT NULL,
  TOLD   BOOLEAN      NOT NULL,
  PRIMARY KEY (LINK, KIND)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE INDEX SYNC_NOTICE_STATE_DUE ON SYNC_NOTICE_STATE (TOLD, DUE_AT);

-- the messages, one for each channel. STATE is PENDING, SENT or EXPIRED; ATTEMPTS grows with each attempt, so that a
-- process that was suspended cannot change what another one has tried since. A message that is being sent has a
-- NEXT_TRY after the time that this may take.
CREATE TABLE SYNC_NOTICE (
  ID         BIGINT AUTO_INCREMENT PRIMARY KEY,
  MESSAGE_ID VARCHAR(40)  NOT NULL,
  LINK       VARCHAR(100) NOT NULL,
  CHANNEL    VARCHAR(60)  NOT NULL,
  CREATED_AT DATETIME(6) NOT NULL,
  BODY       TEXT NOT NULL,
  STATE      VARCHAR(10)  NOT NULL,
  ATTEMPTS   INT          NOT NULL,
  NEXT_TRY   DATETIME(6) NOT NULL,
  PROBLEM    VARCHAR(2000)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE INDEX SYNC_NOTICE_NEXT ON SYNC_NOTICE (STATE, CHANNEL, LINK, ID);

CREATE INDEX SYNC_NOTICE_AGE ON SYNC_NOTICE (STATE, CREATED_AT);

CREATE INDEX SYNC_NOTICE_LINK ON SYNC_NOTICE (LINK);
