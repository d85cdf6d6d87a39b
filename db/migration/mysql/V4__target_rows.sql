-- the rows at targets that Links have delivered, one each, where skip-unchanged or deletes ask for it. Follows
-- SYNC_DELIVERED, whose rows of earlier versions are no longer trusted.
-- ROW_ID is the digest of the key in the form in which the target compares keys; SOURCE_ID, TARGET_ID and CONTENT_ID are
-- those of the source's key, of the target, and of the properties that it got.
-- CONTENT_ID is null from before a delivery until after it, and whenever it is not known what the target holds.
-- VERSION grows with each change of the row; LAST_EVENT delivered the record last, or was a full run that met it, and
-- LAST_RUN is when that run was started, in microseconds since 1970: neither ever goes back.
CREATE TABLE SYNC_DELIVERED_ROW (
  LINK       VARCHAR(100) NOT NULL,
  ROW_ID     VARCHAR(80)  NOT NULL,
  SOURCE_ID  VARCHAR(64)  NOT NULL,
  TARGET_ID  VARCHAR(64)  NOT NULL,
  CONTENT_ID VARCHAR(64),
  VERSION    BIGINT       NOT NULL,
  SOURCE_KEY TEXT,
  TARGET_KEY TEXT,
  LAST_EVENT BIGINT       NOT NULL,
  LAST_RUN   BIGINT       NOT NULL,
  PRIMARY KEY (LINK, ROW_ID)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE INDEX SYNC_DELIVERED_ROW_SOURCE ON SYNC_DELIVERED_ROW (LINK, SOURCE_ID);

-- which row of the target a rejected record goes to, with ROW_ID as above; null where the target cannot tell.
-- A reject without a row here was stored by a version that compared keys by their texts.
CREATE TABLE SYNC_REJECT_ROW (
  LINK      VARCHAR(100) NOT NULL,
  RECORD_ID VARCHAR(80)  NOT NULL,
  ROW_ID    VARCHAR(80),
  PRIMARY KEY (LINK, RECORD_ID)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE INDEX SYNC_REJECT_ROW_ROW ON SYNC_REJECT_ROW (LINK, ROW_ID);
