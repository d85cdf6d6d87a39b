-- The columns at both ends of a Link. STATE is KNOWN for those that its last successful run has seen, and SEEN for others that
-- the run JOB_INSTANCE_ID has seen since. COLUMN_LIST is JSON.
CREATE TABLE SYNC_SEEN_COLUMNS (
  LINK            VARCHAR(100) NOT NULL,
  STATE           VARCHAR(10)  NOT NULL,
  JOB_INSTANCE_ID BIGINT       NOT NULL,
  COLUMN_LIST     MEDIUMTEXT   NOT NULL,
  PRIMARY KEY (LINK, STATE)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
