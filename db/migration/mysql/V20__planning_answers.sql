-- The answers of a source that was asked how to fetch, one row for each planning call of a run. SCOPES is how many scopes the
-- answer had; DELAYED_UNTIL is when the next call is due, if the answer asked to wait
CREATE TABLE SYNC_PLAN_ANSWER (
  JOB_INSTANCE_ID BIGINT       NOT NULL,
  ROUND           INT          NOT NULL,
  STRATEGY        VARCHAR(20)  NOT NULL,
  SCOPES          BIGINT       NOT NULL,
  ANSWERED_AT     DATETIME(6)  NOT NULL,
  DELAYED_UNTIL   DATETIME(6) ,
  PRIMARY KEY (JOB_INSTANCE_ID, ROUND),
  CONSTRAINT SYNC_PLAN_ANSWER_EVENT FOREIGN KEY (JOB_INSTANCE_ID) REFERENCES BATCH_JOB_INSTANCE (JOB_INSTANCE_ID) ON DELETE CASCADE
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- the call of an adapter that the run which holds the Link is about to repeat: its name, which attempt is next, and when
ALTER TABLE SYNC_LEASE ADD COLUMN RETRY_CALL VARCHAR(100);
ALTER TABLE SYNC_LEASE ADD COLUMN RETRY_ATTEMPT INT;
ALTER TABLE SYNC_LEASE ADD COLUMN RETRY_AT DATETIME(6);
