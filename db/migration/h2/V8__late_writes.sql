-- the runs that may have written to their target after they had lost their Link, as of a process that was suspended, until a
-- run has begun whose window starts no later than theirs did. SYNC and CURSOR_VALUE are where it did; null is before
-- everything. Times are UTC.
CREATE TABLE SYNC_LATE_WRITE (
  LINK            VARCHAR(100) NOT NULL,
  JOB_INSTANCE_ID BIGINT       NOT NULL,
  SYNC            TIMESTAMP(6),
  CURSOR_VALUE    VARCHAR(2000),
  PRIMARY KEY (LINK, JOB_INSTANCE_ID)
);
