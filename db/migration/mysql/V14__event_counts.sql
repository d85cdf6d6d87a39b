-- What a run counts, warns of and ignores apart from its scopes. Until now, this was stored in SYNC_SCOPE_PAGE (pages -1 and
-- -2), SYNC_SCOPE_WARNING (ordinals -1 and -2) and SYNC_IGNORED (ordinal -1).

-- the counts of records that belong to no scope. KIND is RETRIED for rejects that were retried alone, whose counts may be
-- negative where the scope has counted the record before, and DELETED for records that the source no longer has
CREATE TABLE SYNC_EVENT_COUNTS (
  JOB_INSTANCE_ID BIGINT      NOT NULL,
  KIND            VARCHAR(10) NOT NULL,
  FETCHED         BIGINT      DEFAULT 0 NOT NULL,
  WRITTEN         BIGINT      DEFAULT 0 NOT NULL,
  CREATED         BIGINT      DEFAULT 0 NOT NULL,
  FAILED          BIGINT      DEFAULT 0 NOT NULL,
  WARNED          BIGINT      DEFAULT 0 NOT NULL,
  IGNORED         BIGINT      DEFAULT 0 NOT NULL,
  DROPPED         BIGINT      DEFAULT 0 NOT NULL,
  ACKNOWLEDGED    BIGINT      DEFAULT 0 NOT NULL,
  PRIMARY KEY (JOB_INSTANCE_ID, KIND),
  CONSTRAINT SYNC_EVENT_COUNTS_EVENT FOREIGN KEY (JOB_INSTANCE_ID) REFERENCES BATCH_JOB_INSTANCE (JOB_INSTANCE_ID) ON DELETE CASCADE
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- the warnings of a run that belong to no scope. KIND is DELETES for the one about records that the source no longer has,
-- which replaces that of an earlier attempt, and RUN for others
CREATE TABLE SYNC_EVENT_WARNING (
  WARNING_ID      BIGINT        NOT NULL AUTO_INCREMENT PRIMARY KEY,
  JOB_INSTANCE_ID BIGINT        NOT NULL,
  KIND            VARCHAR(10)   NOT NULL,
  MESSAGE         VARCHAR(2000) NOT NULL,
  CONSTRAINT SYNC_EVENT_WARNING_EVENT FOREIGN KEY (JOB_INSTANCE_ID) REFERENCES BATCH_JOB_INSTANCE (JOB_INSTANCE_ID) ON DELETE CASCADE
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE INDEX SYNC_EVENT_WARNING_ID ON SYNC_EVENT_WARNING (JOB_INSTANCE_ID, WARNING_ID);

-- why rejects that were retried alone were ignored
CREATE TABLE SYNC_EVENT_IGNORED (
  JOB_INSTANCE_ID BIGINT       NOT NULL,
  REASON          VARCHAR(200) NOT NULL,
  RECORDS         BIGINT       NOT NULL,
  PRIMARY KEY (JOB_INSTANCE_ID, REASON),
  CONSTRAINT SYNC_EVENT_IGNORED_EVENT FOREIGN KEY (JOB_INSTANCE_ID) REFERENCES BATCH_JOB_INSTANCE (JOB_INSTANCE_ID) ON DELETE CASCADE
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
