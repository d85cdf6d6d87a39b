-- What Spring Batch's tables have no place for. Equals versions 2 to 19 of the other databases. Times are UTC. Names and digests
-- are compared by their bytes, whatever the collation of the database.

-- who runs a Link; at most one run at a time, over all processes. The run is known a moment after the lease.
-- REPLAY_UNTIL is set while a replay waits to follow the run, which has ended.
CREATE TABLE SYNC_LEASE (
  LINK            VARCHAR(100) COLLATE "C" NOT NULL PRIMARY KEY,
  TOKEN           BIGINT                   NOT NULL,
  JOB_INSTANCE_ID BIGINT,
  HOLDER          VARCHAR(200) COLLATE "C" NOT NULL,
  ACQUIRED_AT     TIMESTAMP(6)             NOT NULL,
  EXPIRES_AT      TIMESTAMP(6)             NOT NULL,
  STOP_REQUESTED  BOOLEAN                  NOT NULL,
  REPLAY_UNTIL    TIMESTAMP(6)
);

-- the lanes of a run that workers carry out, until they have ended, or another run of the Link begins.
-- HOLDER carries the lane out, if EXPIRES_AT has not passed; TOKEN counts the holders; LEASE_TOKEN is the run's.
CREATE TABLE SYNC_LANE (
  STEP_EXECUTION_ID BIGINT                   NOT NULL PRIMARY KEY,
  LINK              VARCHAR(100) COLLATE "C" NOT NULL,
  LANE              VARCHAR(100) COLLATE "C" NOT NULL,
  LEASE_TOKEN       BIGINT                   NOT NULL,
  CONFIGURATION     VARCHAR(64) COLLATE "C"  NOT NULL,
  TOKEN             BIGINT                   DEFAULT 0 NOT NULL,
  HOLDER            VARCHAR(200) COLLATE "C",
  EXPIRES_AT        TIMESTAMP(6),
  PROBLEM           VARCHAR(2000) COLLATE "C"
);

CREATE INDEX SYNC_LANE_LINK ON SYNC_LANE (LINK);

-- how far the planning of a run has come; one row an event
CREATE TABLE SYNC_PLAN (
  JOB_INSTANCE_ID        BIGINT                  NOT NULL PRIMARY KEY,
  STRATEGY               VARCHAR(30) COLLATE "C" NOT NULL,
  FINISHED               BOOLEAN                 NOT NULL,
  EXPECTED_TOTAL_RECORDS BIGINT,
  NEXT_ORDINAL           BIGINT                  NOT NULL,
  NEXT_PAGE              INT                     NOT NULL,
  PLANNING_SCOPE         TEXT,
  ROUND                  INT                     NOT NULL,
  DELAYED_UNTIL          TIMESTAMP(6),
  LOCATOR_QUERY          TEXT,
  PLANNED_CURSOR         VARCHAR(2000) COLLATE "C",
  WARNINGS               TEXT,
  CONSTRAINT SYNC_PLAN_EVENT FOREIGN KEY (JOB_INSTANCE_ID) REFERENCES BATCH_JOB_INSTANCE (JOB_INSTANCE_ID) ON DELETE CASCADE
);

-- the scopes of a run, some hundreds a row, and how far the lane that claimed the page has come.
-- SCOPES_RETRIED of those that passed stand again in a later page, because they had failed.
-- OPEN_… counts the part of a scope that was delivered before its end: fetched again, it counts again from 0.
CREATE TABLE SYNC_SCOPE_PAGE (
  JOB_INSTANCE_ID   BIGINT NOT NULL,
  PAGE              INT    NOT NULL,
  LANE              VARCHAR(100) COLLATE "C",
  SCOPES            TEXT   NOT NULL,
  SCOPE_COUNT       INT    NOT NULL,
  SCOPES_PASSED     INT    DEFAULT 0 NOT NULL,
  SCOPES_FAILED     INT    DEFAULT 0 NOT NULL,
  SCOPES_RETRIED    INT    DEFAULT 0 NOT NULL,
  FETCHED           BIGINT DEFAULT 0 NOT NULL,
  WRITTEN           BIGINT DEFAULT 0 NOT NULL,
  CREATED           BIGINT DEFAULT 0 NOT NULL,
  FAILED            BIGINT DEFAULT 0 NOT NULL,
  WARNED            BIGINT DEFAULT 0 NOT NULL,
  IGNORED           BIGINT DEFAULT 0 NOT NULL,
  DROPPED           BIGINT DEFAULT 0 NOT NULL,
  ACKNOWLEDGED      BIGINT DEFAULT 0 NOT NULL,
  OPEN_FETCHED      BIGINT DEFAULT 0 NOT NULL,
  OPEN_WRITTEN      BIGINT DEFAULT 0 NOT NULL,
  OPEN_CREATED      BIGINT DEFAULT 0 NOT NULL,
  OPEN_FAILED       BIGINT DEFAULT 0 NOT NULL,
  OPEN_WARNED       BIGINT DEFAULT 0 NOT NULL,
  OPEN_IGNORED      BIGINT DEFAULT 0 NOT NULL,
  OPEN_DROPPED      BIGINT DEFAULT 0 NOT NULL,
  OPEN_ACKNOWLEDGED BIGINT DEFAULT 0 NOT NULL,
  CURSOR_ORDINAL    BIGINT,
  CURSOR_VALUE      VARCHAR(2000) COLLATE "C",
  PRIMARY KEY (JOB_INSTANCE_ID, PAGE),
  CONSTRAINT SYNC_SCOPE_PAGE_EVENT FOREIGN KEY (JOB_INSTANCE_ID) REFERENCES BATCH_JOB_INSTANCE (JOB_INSTANCE_ID) ON DELETE CASCADE
);

CREATE INDEX SYNC_SCOPE_PAGE_LANE ON SYNC_SCOPE_PAGE (JOB_INSTANCE_ID, LANE, PAGE);

-- the scopes that failed
CREATE TABLE SYNC_SCOPE_FAILURE (
  JOB_INSTANCE_ID BIGINT                    NOT NULL,
  ORDINAL         BIGINT                    NOT NULL,
  PAGE            INT                       NOT NULL,
  SCOPE           TEXT,
  MESSAGE         VARCHAR(2000) COLLATE "C" NOT NULL,
  FETCHED         BIGINT                    NOT NULL,
  WRITTEN         BIGINT                    NOT NULL,
  CREATED         BIGINT                    NOT NULL,
  FAILED          BIGINT                    NOT NULL,
  WARNED          BIGINT                    NOT NULL,
  IGNORED         BIGINT                    NOT NULL,
  DROPPED         BIGINT                    NOT NULL,
  ACKNOWLEDGED    BIGINT                    NOT NULL,
  PRIMARY KEY (JOB_INSTANCE_ID, ORDINAL),
  CONSTRAINT SYNC_SCOPE_FAILURE_EVENT FOREIGN KEY (JOB_INSTANCE_ID) REFERENCES BATCH_JOB_INSTANCE (JOB_INSTANCE_ID) ON DELETE CASCADE
);

-- what adapters warned of while they fetched
CREATE TABLE SYNC_SCOPE_WARNING (
  JOB_INSTANCE_ID BIGINT                    NOT NULL,
  ORDINAL         BIGINT                    NOT NULL,
  MESSAGE         VARCHAR(2000) COLLATE "C" NOT NULL,
  CONSTRAINT SYNC_SCOPE_WARNING_EVENT FOREIGN KEY (JOB_INSTANCE_ID) REFERENCES BATCH_JOB_INSTANCE (JOB_INSTANCE_ID) ON DELETE CASCADE
);

CREATE INDEX SYNC_SCOPE_WARNING_SCOPE ON SYNC_SCOPE_WARNING (JOB_INSTANCE_ID, ORDINAL);

-- why records were ignored, scope by scope
CREATE TABLE SYNC_IGNORED (
  JOB_INSTANCE_ID BIGINT                   NOT NULL,
  ORDINAL         BIGINT                   NOT NULL,
  REASON          VARCHAR(200) COLLATE "C" NOT NULL,
  RECORDS         BIGINT                   NOT NULL,
  PRIMARY KEY (JOB_INSTANCE_ID, ORDINAL, REASON),
  CONSTRAINT SYNC_IGNORED_EVENT FOREIGN KEY (JOB_INSTANCE_ID) REFERENCES BATCH_JOB_INSTANCE (JOB_INSTANCE_ID) ON DELETE CASCADE
);

-- what became of single records, where a Link wants it stored
CREATE TABLE SYNC_RECORD_LOG (
  LOG_ID          BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  JOB_INSTANCE_ID BIGINT                  NOT NULL,
  ORDINAL         BIGINT,
  RECORD_KEY      VARCHAR(500) COLLATE "C",
  OUTCOME         VARCHAR(10) COLLATE "C" NOT NULL,
  MESSAGE         VARCHAR(2000) COLLATE "C",
  CONSTRAINT SYNC_RECORD_LOG_EVENT FOREIGN KEY (JOB_INSTANCE_ID) REFERENCES BATCH_JOB_INSTANCE (JOB_INSTANCE_ID) ON DELETE CASCADE
);

CREATE INDEX SYNC_RECORD_LOG_SCOPE ON SYNC_RECORD_LOG (JOB_INSTANCE_ID, ORDINAL NULLS FIRST, LOG_ID);

-- the records that could not be delivered, one row a record, whatever became of it since.
-- RECORD_ID and CONTENT_ID are digests of its key and of its original properties.
-- A record of a testing run stands apart from the real one, by another RECORD_ID.
-- ORDINAL is null when the scope that it failed in is fetched again; ACKNOWLEDGED is how LAST_EVENT counts it.
-- REASON_ID is a digest of STAGE and MESSAGE in the database's encoding: a cast to BYTEA keeps all but backslashes as they are.
CREATE TABLE SYNC_REJECT (
  REJECT_ID      BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  LINK           VARCHAR(100) COLLATE "C"  NOT NULL,
  RECORD_ID      VARCHAR(80) COLLATE "C"   NOT NULL,
  CONTENT_ID     VARCHAR(64) COLLATE "C"   NOT NULL,
  STATE          VARCHAR(20) COLLATE "C"   NOT NULL,
  RECORD_KEY     VARCHAR(500) COLLATE "C",
  KEY_PROPERTIES VARCHAR(1000) COLLATE "C",
  OPERATION      VARCHAR(10) COLLATE "C"   NOT NULL,
  STAGE          VARCHAR(20) COLLATE "C"   NOT NULL,
  MESSAGE        VARCHAR(2000) COLLATE "C" NOT NULL,
  PROPERTIES     TEXT,
  NOT_RESTORABLE VARCHAR(500) COLLATE "C",
  ATTEMPTS       INT                       NOT NULL,
  FIRST_EVENT    BIGINT                    NOT NULL,
  LAST_EVENT     BIGINT                    NOT NULL,
  LAST_EXECUTION BIGINT                    NOT NULL,
  ORDINAL        BIGINT,
  ACKNOWLEDGED   BOOLEAN                   NOT NULL,
  FIRST_SEEN     TIMESTAMP(6)              NOT NULL,
  LAST_SEEN      TIMESTAMP(6)              NOT NULL,
  NEXT_TRY       TIMESTAMP(6),
  REASON_ID      BYTEA GENERATED ALWAYS AS (SUBSTRING(SHA256(CAST(
    REPLACE(STAGE || ' ' || MESSAGE, CHR(92), REPEAT(CHR(92), 2)) AS BYTEA)) FROM 1 FOR 16)) STORED,
  CONSTRAINT SYNC_REJECT_RECORD UNIQUE (LINK, RECORD_ID)
);

CREATE INDEX SYNC_REJECT_EVENT ON SYNC_REJECT (LINK, LAST_EVENT);

CREATE INDEX SYNC_REJECT_STATE ON SYNC_REJECT (LINK, STATE, REJECT_ID);

CREATE INDEX SYNC_REJECT_SEEN ON SYNC_REJECT (STATE, LAST_SEEN);

-- finds and counts the rejects that have one reason
CREATE INDEX SYNC_REJECT_REASON ON SYNC_REJECT (LINK, STATE, REASON_ID, REJECT_ID);

-- of earlier versions, which other databases may hold rows of
CREATE TABLE SYNC_DELIVERED (
  LINK       VARCHAR(100) COLLATE "C" NOT NULL,
  RECORD_ID  VARCHAR(64) COLLATE "C"  NOT NULL,
  TARGET_ID  VARCHAR(64) COLLATE "C"  NOT NULL,
  CONTENT_ID VARCHAR(64) COLLATE "C",
  VERSION    BIGINT                   NOT NULL,
  SOURCE_KEY TEXT,
  TARGET_KEY TEXT,
  LAST_EVENT BIGINT                   NOT NULL,
  PRIMARY KEY (LINK, RECORD_ID)
);

-- up to when the slots of a Link's schedule, or of the Link that it runs after, were run.
-- DEFINITION says which slots these are: slots count anew when it changes.
CREATE TABLE SYNC_SLOT (
  LINK        VARCHAR(100) COLLATE "C" NOT NULL,
  CAUSE       VARCHAR(20) COLLATE "C"  NOT NULL,
  DEFINITION  VARCHAR(500) COLLATE "C" NOT NULL,
  TAKEN_UNTIL TIMESTAMP(6)             NOT NULL,
  PRIMARY KEY (LINK, CAUSE)
);

-- the rows at targets that Links have delivered, one each, where skip-unchanged or deletes ask for it.
-- ROW_ID is the digest of the key in the form in which the target compares keys; SOURCE_ID, TARGET_ID and CONTENT_ID are
-- those of the source's key, of the target, and of the properties that it got.
-- CONTENT_ID is null from before a delivery until after it, and whenever it is not known what the target holds.
-- VERSION grows with each change of the row; LAST_EVENT delivered the record last, or was a full run that met it, and
-- LAST_RUN is when that run was started, in microseconds since 1970: neither ever goes back.
CREATE TABLE SYNC_DELIVERED_ROW (
  LINK       VARCHAR(100) COLLATE "C" NOT NULL,
  ROW_ID     VARCHAR(80) COLLATE "C"  NOT NULL,
  SOURCE_ID  VARCHAR(64) COLLATE "C"  NOT NULL,
  TARGET_ID  VARCHAR(64) COLLATE "C"  NOT NULL,
  CONTENT_ID VARCHAR(64) COLLATE "C",
  VERSION    BIGINT                   NOT NULL,
  SOURCE_KEY TEXT,
  TARGET_KEY TEXT,
  LAST_EVENT BIGINT                   NOT NULL,
  LAST_RUN   BIGINT                   NOT NULL,
  PRIMARY KEY (LINK, ROW_ID)
);

CREATE INDEX SYNC_DELIVERED_ROW_SOURCE ON SYNC_DELIVERED_ROW (LINK, SOURCE_ID);

-- which row of the target a rejected record goes to, with ROW_ID as above; null where the target cannot tell.
CREATE TABLE SYNC_REJECT_ROW (
  LINK      VARCHAR(100) COLLATE "C" NOT NULL,
  RECORD_ID VARCHAR(80) COLLATE "C"  NOT NULL,
  ROW_ID    VARCHAR(80) COLLATE "C",
  PRIMARY KEY (LINK, RECORD_ID)
);

CREATE INDEX SYNC_REJECT_ROW_ROW ON SYNC_REJECT_ROW (LINK, ROW_ID);

-- the records that a run tries again at its end, as others of its records may have been in their way
CREATE TABLE SYNC_TRY_LAST (
  JOB_INSTANCE_ID BIGINT                  NOT NULL,
  RECORD_ID       VARCHAR(80) COLLATE "C" NOT NULL,
  PRIMARY KEY (JOB_INSTANCE_ID, RECORD_ID),
  CONSTRAINT SYNC_TRY_LAST_EVENT FOREIGN KEY (JOB_INSTANCE_ID) REFERENCES BATCH_JOB_INSTANCE (JOB_INSTANCE_ID) ON DELETE CASCADE
);

-- the runs that may have written to their target after they had lost their Link, as of a process that was suspended, until a
-- run has begun whose window starts no later than theirs did. SYNC and CURSOR_VALUE are where it did; null is before
-- everything.
CREATE TABLE SYNC_LATE_WRITE (
  LINK            VARCHAR(100) COLLATE "C" NOT NULL,
  JOB_INSTANCE_ID BIGINT                   NOT NULL,
  SYNC            TIMESTAMP(6),
  CURSOR_VALUE    VARCHAR(2000) COLLATE "C",
  PRIMARY KEY (LINK, JOB_INSTANCE_ID)
);

-- the records that failed in a run, as its last attempt left them; the first ones
CREATE TABLE SYNC_FAILED_RECORD (
  JOB_INSTANCE_ID BIGINT                    NOT NULL,
  NUMBER          INT                       NOT NULL,
  ORDINAL         BIGINT,
  RECORD_KEY      VARCHAR(500) COLLATE "C",
  MESSAGE         VARCHAR(2000) COLLATE "C" NOT NULL,
  PRIMARY KEY (JOB_INSTANCE_ID, NUMBER),
  CONSTRAINT SYNC_FAILED_RECORD_EVENT FOREIGN KEY (JOB_INSTANCE_ID) REFERENCES BATCH_JOB_INSTANCE (JOB_INSTANCE_ID) ON DELETE CASCADE
);

-- the successes that a source adapter has yet to be told of. PROBLEM is why that failed last.
CREATE TABLE SYNC_OWED_SUCCESS (
  JOB_INSTANCE_ID BIGINT                   NOT NULL PRIMARY KEY,
  LINK            VARCHAR(100) COLLATE "C" NOT NULL,
  PROBLEM         VARCHAR(500) COLLATE "C",
  CONSTRAINT SYNC_OWED_SUCCESS_EVENT FOREIGN KEY (JOB_INSTANCE_ID) REFERENCES BATCH_JOB_INSTANCE (JOB_INSTANCE_ID) ON DELETE CASCADE
);

CREATE INDEX SYNC_OWED_SUCCESS_LINK ON SYNC_OWED_SUCCESS (LINK, JOB_INSTANCE_ID);

-- the Links whose deleted records were more than max-delete-share allows, until a full run has dealt with them
CREATE TABLE SYNC_BLOCKED_DELETES (
  LINK            VARCHAR(100) COLLATE "C" NOT NULL PRIMARY KEY,
  JOB_INSTANCE_ID BIGINT                   NOT NULL,
  RECORDS         BIGINT                   NOT NULL,
  SINCE           TIMESTAMP(6)             NOT NULL
);

-- the id of this JobRepository, which tells its lanes from those of others on the same broker; one row at most, from when
-- the first lanes are sent
CREATE TABLE SYNC_INSTALLATION (
  NUMBER          INT                     NOT NULL PRIMARY KEY,
  INSTALLATION_ID VARCHAR(36) COLLATE "C" NOT NULL
);

-- The failures that a run counts in other scopes than the one that SYNC_REJECT shows: the same record has failed in several.
-- CONTENT_ID is the version that failed there; ACKNOWLEDGED is how the run counts it.
CREATE TABLE SYNC_REJECT_SCOPE (
  JOB_INSTANCE_ID BIGINT                  NOT NULL,
  RECORD_ID       VARCHAR(80) COLLATE "C" NOT NULL,
  ORDINAL         BIGINT                  NOT NULL,
  CONTENT_ID      VARCHAR(64) COLLATE "C" NOT NULL,
  ACKNOWLEDGED    BOOLEAN                 NOT NULL,
  PRIMARY KEY (JOB_INSTANCE_ID, ORDINAL, RECORD_ID),
  CONSTRAINT SYNC_REJECT_SCOPE_EVENT FOREIGN KEY (JOB_INSTANCE_ID) REFERENCES BATCH_JOB_INSTANCE (JOB_INSTANCE_ID) ON DELETE CASCADE
);

CREATE INDEX SYNC_REJECT_SCOPE_RECORD ON SYNC_REJECT_SCOPE (JOB_INSTANCE_ID, RECORD_ID);

-- how the version CONTENT_ID of a record waited when another version of it was delivered: if it fails again, it continues to
-- wait in this way
CREATE TABLE SYNC_REJECT_FORMER (
  REJECT_ID  BIGINT                  NOT NULL PRIMARY KEY,
  STATE      VARCHAR(20) COLLATE "C" NOT NULL,
  CONTENT_ID VARCHAR(64) COLLATE "C" NOT NULL,
  CONSTRAINT SYNC_REJECT_FORMER_REJECT FOREIGN KEY (REJECT_ID) REFERENCES SYNC_REJECT (REJECT_ID) ON DELETE CASCADE
);

-- the counts of records that belong to no scope. KIND is RETRIED for rejects that were retried alone, whose counts may be
-- negative where the scope has counted the record before, and DELETED for records that the source no longer has
CREATE TABLE SYNC_EVENT_COUNTS (
  JOB_INSTANCE_ID BIGINT                  NOT NULL,
  KIND            VARCHAR(10) COLLATE "C" NOT NULL,
  FETCHED         BIGINT                  DEFAULT 0 NOT NULL,
  WRITTEN         BIGINT                  DEFAULT 0 NOT NULL,
  CREATED         BIGINT                  DEFAULT 0 NOT NULL,
  FAILED          BIGINT                  DEFAULT 0 NOT NULL,
  WARNED          BIGINT                  DEFAULT 0 NOT NULL,
  IGNORED         BIGINT                  DEFAULT 0 NOT NULL,
  DROPPED         BIGINT                  DEFAULT 0 NOT NULL,
  ACKNOWLEDGED    BIGINT                  DEFAULT 0 NOT NULL,
  PRIMARY KEY (JOB_INSTANCE_ID, KIND),
  CONSTRAINT SYNC_EVENT_COUNTS_EVENT FOREIGN KEY (JOB_INSTANCE_ID) REFERENCES BATCH_JOB_INSTANCE (JOB_INSTANCE_ID) ON DELETE CASCADE
);

-- the warnings of a run that belong to no scope. KIND is DELETES for the one about records that the source no longer has,
-- which replaces that of an earlier attempt, and RUN for others
CREATE TABLE SYNC_EVENT_WARNING (
  WARNING_ID      BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  JOB_INSTANCE_ID BIGINT                    NOT NULL,
  KIND            VARCHAR(10) COLLATE "C"   NOT NULL,
  MESSAGE         VARCHAR(2000) COLLATE "C" NOT NULL,
  CONSTRAINT SYNC_EVENT_WARNING_EVENT FOREIGN KEY (JOB_INSTANCE_ID) REFERENCES BATCH_JOB_INSTANCE (JOB_INSTANCE_ID) ON DELETE CASCADE
);

CREATE INDEX SYNC_EVENT_WARNING_ID ON SYNC_EVENT_WARNING (JOB_INSTANCE_ID, WARNING_ID);

-- why rejects that were retried alone were ignored
CREATE TABLE SYNC_EVENT_IGNORED (
  JOB_INSTANCE_ID BIGINT                   NOT NULL,
  REASON          VARCHAR(200) COLLATE "C" NOT NULL,
  RECORDS         BIGINT                   NOT NULL,
  PRIMARY KEY (JOB_INSTANCE_ID, REASON),
  CONSTRAINT SYNC_EVENT_IGNORED_EVENT FOREIGN KEY (JOB_INSTANCE_ID) REFERENCES BATCH_JOB_INSTANCE (JOB_INSTANCE_ID) ON DELETE CASCADE
);

-- the Links that a person has paused
CREATE TABLE SYNC_PAUSE (
  LINK  VARCHAR(100) COLLATE "C" NOT NULL PRIMARY KEY,
  WHO   VARCHAR(200) COLLATE "C" NOT NULL,
  SINCE TIMESTAMP(6)             NOT NULL
);

-- what people did
CREATE TABLE SYNC_AUDIT (
  ID           BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  HAPPENED_AT  TIMESTAMP(6)             NOT NULL,
  WHO          VARCHAR(200) COLLATE "C" NOT NULL,
  ACTION       VARCHAR(50) COLLATE "C"  NOT NULL,
  LINK         VARCHAR(100) COLLATE "C",
  EVENT        BIGINT,
  STATE_BEFORE VARCHAR(2000) COLLATE "C",
  STATE_AFTER  VARCHAR(2000) COLLATE "C"
);

CREATE INDEX SYNC_AUDIT_LINK ON SYNC_AUDIT (LINK, ID);

-- the users of the console; PASSWORD is a hash
CREATE TABLE SYNC_USER (
  NAME       VARCHAR(100) COLLATE "C" NOT NULL PRIMARY KEY,
  PASSWORD   VARCHAR(200) COLLATE "C" NOT NULL,
  ROLE       VARCHAR(20) COLLATE "C"  NOT NULL,
  CREATED_AT TIMESTAMP(6)             NOT NULL
);

-- access tokens of the REST API; HASH is the SHA-256 of the token, LINKS is null for all Links
CREATE TABLE SYNC_TOKEN (
  NAME       VARCHAR(100) COLLATE "C" NOT NULL PRIMARY KEY,
  HASH       VARCHAR(64) COLLATE "C"  NOT NULL,
  ROLE       VARCHAR(20) COLLATE "C"  NOT NULL,
  LINKS      VARCHAR(4000) COLLATE "C",
  CREATED_AT TIMESTAMP(6)             NOT NULL,
  EXPIRES_AT TIMESTAMP(6),
  CONSTRAINT SYNC_TOKEN_HASH UNIQUE (HASH)
);

-- for each Link that is pushed to: its requests have the numbers from 1 to LAST_PUSH, and those up
-- to LAST_DELIVERED need no further delivery
CREATE TABLE SYNC_INBOX (
  LINK           VARCHAR(100) COLLATE "C" NOT NULL PRIMARY KEY,
  LAST_PUSH      BIGINT                   NOT NULL,
  LAST_DELIVERED BIGINT                   NOT NULL,
  WAITING_BYTES  BIGINT                   NOT NULL
);

-- the requests; EVENT is the run that has delivered one
CREATE TABLE SYNC_PUSH (
  LINK            VARCHAR(100) COLLATE "C" NOT NULL,
  PUSH_ID         BIGINT                   NOT NULL,
  IDEMPOTENCY_KEY VARCHAR(255) COLLATE "C" NOT NULL,
  DIGEST          VARCHAR(64) COLLATE "C"  NOT NULL,
  CONTENT_TYPE    VARCHAR(255) COLLATE "C" NOT NULL,
  BYTES           BIGINT                   NOT NULL,
  RECORDS         BIGINT                   NOT NULL,
  RECEIVED_AT     TIMESTAMP(6)             NOT NULL,
  EVENT           BIGINT,
  DELIVERED_AT    TIMESTAMP(6),
  DISCARDED_AT    TIMESTAMP(6),
  PRIMARY KEY (LINK, PUSH_ID),
  CONSTRAINT SYNC_PUSH_KEY UNIQUE (LINK, IDEMPOTENCY_KEY)
);

-- their bodies
CREATE TABLE SYNC_PUSH_BODY (
  LINK    VARCHAR(100) COLLATE "C" NOT NULL,
  PUSH_ID BIGINT                   NOT NULL,
  BODY    BYTEA                    NOT NULL,
  PRIMARY KEY (LINK, PUSH_ID)
);

-- the states of Links of which people are notified: since when, from when they are told of it, and whether they were.
-- A row that is not told yet may be of a state that only begins when its time has come.
CREATE TABLE SYNC_NOTICE_STATE (
  LINK   VARCHAR(100) COLLATE "C" NOT NULL,
  KIND   VARCHAR(20) COLLATE "C"  NOT NULL,
  SINCE  TIMESTAMP(6)             NOT NULL,
  DUE_AT TIMESTAMP(6)             NOT NULL,
  TOLD   BOOLEAN                  NOT NULL,
  PRIMARY KEY (LINK, KIND)
);

CREATE INDEX SYNC_NOTICE_STATE_DUE ON SYNC_NOTICE_STATE (TOLD, DUE_AT);

-- the messages, one for each channel. STATE is PENDING, SENT or EXPIRED; ATTEMPTS grows with each attempt, so that a
-- process that was suspended cannot change what another one has tried since. A message that is being sent has a
-- NEXT_TRY after the time that this may take.
CREATE TABLE SYNC_NOTICE (
  ID         BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  MESSAGE_ID VARCHAR(40) COLLATE "C"  NOT NULL,
  LINK       VARCHAR(100) COLLATE "C" NOT NULL,
  CHANNEL    VARCHAR(60) COLLATE "C"  NOT NULL,
  CREATED_AT TIMESTAMP(6)             NOT NULL,
  BODY       TEXT                     NOT NULL,
  STATE      VARCHAR(10) COLLATE "C"  NOT NULL,
  ATTEMPTS   INT                      NOT NULL,
  NEXT_TRY   TIMESTAMP(6)             NOT NULL,
  PROBLEM    VARCHAR(2000) COLLATE "C"
);

CREATE INDEX SYNC_NOTICE_NEXT ON SYNC_NOTICE (STATE, CHANNEL, LINK, ID);

CREATE INDEX SYNC_NOTICE_AGE ON SYNC_NOTICE (STATE, CREATED_AT);

CREATE INDEX SYNC_NOTICE_LINK ON SYNC_NOTICE (LINK);
