-- The columns at both ends of a Link. STATE is KNOWN for those that its last successful run has seen, and SEEN for others that
-- the run JOB_INSTANCE_ID has seen since. COLUMN_LIST is JSON.
CREATE TABLE SYNC_SEEN_COLUMNS (
  LINK            VARCHAR(100) COLLATE "C" NOT NULL,
  STATE           VARCHAR(10) COLLATE "C"  NOT NULL,
  JOB_INSTANCE_ID BIGINT                   NOT NULL,
  COLUMN_LIST     TEXT                     NOT NULL,
  PRIMARY KEY (LINK, STATE)
);
