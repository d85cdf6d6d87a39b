-- Times are UTC.

-- the scopes of verifications in which records were found that are not at the target as they would be delivered.
-- SUSPECTS are those that must be compared again; HELD wait as rejects, HELD_FAILED before they reach the target.
-- Once it is CONCLUDED, the other columns count the suspects by what became of them. ABSENT suspects and HELD_ABSENT
-- held ones have no row at the target.
CREATE TABLE SYNC_VERIFY_SCOPE (
  JOB_INSTANCE_ID BIGINT  NOT NULL,
  ORDINAL         BIGINT  NOT NULL,
  SCOPE           CLOB,
  SUSPECTS        BIGINT  NOT NULL,
  HELD            BIGINT  NOT NULL,
  HELD_FAILED     BIGINT  NOT NULL,
  ABSENT          BIGINT  NOT NULL,
  HELD_ABSENT     BIGINT  NOT NULL,
  CONCLUDED       BOOLEAN NOT NULL,
  PENDING         BIGINT  DEFAULT 0 NOT NULL,
  MOVING          BIGINT  DEFAULT 0 NOT NULL,
  MISSING         BIGINT  DEFAULT 0 NOT NULL,
  DIFFERENT       BIGINT  DEFAULT 0 NOT NULL,
  UNCONFIRMED     BIGINT  DEFAULT 0 NOT NULL,
  REPAIRED        BIGINT  DEFAULT 0 NOT NULL,
  PRIMARY KEY (JOB_INSTANCE_ID, ORDINAL),
  CONSTRAINT SYNC_VERIFY_SCOPE_EVENT FOREIGN KEY (JOB_INSTANCE_ID) REFERENCES BATCH_JOB_INSTANCE (JOB_INSTANCE_ID) ON DELETE CASCADE
);

-- the rows at the target that no compared record belongs to: the number of all rows (null: not counted), and of those
-- that the Link has delivered and the source no longer has, that the Link leaves out now, and that belong to others
CREATE TABLE SYNC_VERIFY_ROWS (
  JOB_INSTANCE_ID BIGINT NOT NULL PRIMARY KEY,
  TARGET_ROWS     BIGINT,
  GONE            BIGINT NOT NULL,
  LEFT_OUT        BIGINT NOT NULL,
  OTHERS          BIGINT NOT NULL,
  CONSTRAINT SYNC_VERIFY_ROWS_EVENT FOREIGN KEY (JOB_INSTANCE_ID) REFERENCES BATCH_JOB_INSTANCE (JOB_INSTANCE_ID) ON DELETE CASCADE
);

-- for each Link, its last complete verification, and the last one that proved it in step
CREATE TABLE SYNC_VERIFIED (
  LINK         VARCHAR(100) NOT NULL PRIMARY KEY,
  EVENT        BIGINT       NOT NULL,
  VERIFIED_AT  TIMESTAMP(6) NOT NULL,
  RESULT       VARCHAR(20)  NOT NULL,
  MISSING      BIGINT       NOT NULL,
  DIFFERENT    BIGINT       NOT NULL,
  GONE         BIGINT       NOT NULL,
  PROVEN_EVENT BIGINT,
  PROVEN_AT    TIMESTAMP(6)
);
