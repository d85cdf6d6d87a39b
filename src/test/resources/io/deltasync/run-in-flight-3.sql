-- What a process leaves that is in the middle of a run, in tables of version 2: of six scopes, ten records each,
-- four are through, one was delivered and its end is not stored, one was not begun. Any database takes it. Times are UTC.

INSERT INTO BATCH_JOB_INSTANCE (JOB_INSTANCE_ID, VERSION, JOB_NAME, JOB_KEY)
  VALUES (1, 0, 'people', '2025-06-01T10:00:00.123456Z');

INSERT INTO BATCH_JOB_EXECUTION (JOB_EXECUTION_ID, VERSION, JOB_INSTANCE_ID, CREATE_TIME, START_TIME, END_TIME, STATUS, EXIT_CODE, EXIT_MESSAGE, LAST_UPDATED)
  VALUES (1, 1, 1, TIMESTAMP '2025-06-01 10:00:00.123456', TIMESTAMP '2025-06-01 10:00:01.123456', NULL, 'STARTED', 'UNKNOWN', '', TIMESTAMP '2025-06-01 10:00:01.123456');

INSERT INTO BATCH_JOB_EXECUTION_PARAMS (JOB_EXECUTION_ID, PARAMETER_NAME, PARAMETER_TYPE, PARAMETER_VALUE, IDENTIFYING) VALUES
  (1, 'runTimestamp', 'java.lang.String', '2025-06-01T10:00:00.123456Z', 'Y'),
  (1, 'mode', 'java.lang.String', 'DELTA', 'N'),
  (1, 'testing', 'java.lang.String', 'false', 'N'),
  (1, 'trigger', 'java.lang.String', 'api', 'N');

INSERT INTO BATCH_JOB_EXECUTION_CONTEXT (JOB_EXECUTION_ID, SHORT_CONTEXT, SERIALIZED_CONTEXT)
  VALUES (1, '{"batch.version":"6.0.4"}', NULL);

INSERT INTO BATCH_STEP_EXECUTION (STEP_EXECUTION_ID, VERSION, STEP_NAME, JOB_EXECUTION_ID, CREATE_TIME, START_TIME, END_TIME, STATUS,
    COMMIT_COUNT, READ_COUNT, FILTER_COUNT, WRITE_COUNT, READ_SKIP_COUNT, WRITE_SKIP_COUNT, PROCESS_SKIP_COUNT,
    ROLLBACK_COUNT, EXIT_CODE, EXIT_MESSAGE, LAST_UPDATED) VALUES
  (1, 4, 'plan', 1, TIMESTAMP '2025-06-01 10:00:02.123456', TIMESTAMP '2025-06-01 10:00:03.123456', TIMESTAMP '2025-06-01 10:00:04.123456', 'COMPLETED', 1, 0, 0, 0, 0, 0, 0, 0,
    'COMPLETED', '', TIMESTAMP '2025-06-01 10:00:04.123456'),
  (2, 1, 'lanes', 1, TIMESTAMP '2025-06-01 10:00:02.123456', TIMESTAMP '2025-06-01 10:00:03.123456', NULL, 'STARTED', 0, 0, 0, 0, 0, 0, 0, 0,
    'EXECUTING', '', TIMESTAMP '2025-06-01 10:00:04.123456'),
  (3, 4, 'lane:planner', 1, TIMESTAMP '2025-06-01 10:00:02.123456', TIMESTAMP '2025-06-01 10:00:03.123456', TIMESTAMP '2025-06-01 10:00:04.123456', 'COMPLETED', 1, 0, 0, 0, 0, 0, 0, 0,
    'COMPLETED', '', TIMESTAMP '2025-06-01 10:00:04.123456'),
  (4, 1, 'lane:0', 1, TIMESTAMP '2025-06-01 10:00:02.123456', TIMESTAMP '2025-06-01 10:00:03.123456', NULL, 'STARTED', 0, 0, 0, 0, 0, 0, 0, 0,
    'EXECUTING', '', TIMESTAMP '2025-06-01 10:00:04.123456'),
  (5, 4, 'lane:1', 1, TIMESTAMP '2025-06-01 10:00:02.123456', TIMESTAMP '2025-06-01 10:00:03.123456', TIMESTAMP '2025-06-01 10:00:04.123456', 'COMPLETED', 1, 40, 0, 40, 0, 0, 0, 0,
    'COMPLETED', '', TIMESTAMP '2025-06-01 10:00:04.123456');

INSERT INTO BATCH_STEP_EXECUTION_CONTEXT (STEP_EXECUTION_ID, SHORT_CONTEXT, SERIALIZED_CONTEXT) VALUES
  (1, '{"batch.taskletType":"io.deltasync.run.PlanTasklet","batch.version":"6.0.4","batch.stepType":"org.springframework.batch.core.step.tasklet.TaskletStep"}', NULL),
  (2, '{"SimpleStepExecutionSplitter.GRID_SIZE":["java.lang.Long",2],"batch.version":"6.0.4","batch.stepType":"org.springframework.batch.core.partition.PartitionStep"}', NULL),
  (3, '{"batch.taskletType":"io.deltasync.run.LaneTasklet","batch.version":"6.0.4","batch.stepType":"org.springframework.batch.core.step.tasklet.TaskletStep"}', NULL),
  (4, '{"batch.taskletType":"io.deltasync.run.LaneTasklet","batch.version":"6.0.4","batch.stepType":"org.springframework.batch.core.step.tasklet.TaskletStep"}', NULL),
  (5, '{"batch.taskletType":"io.deltasync.run.LaneTasklet","batch.version":"6.0.4","batch.stepType":"org.springframework.batch.core.step.tasklet.TaskletStep"}', NULL);

INSERT INTO SYNC_LEASE (LINK, TOKEN, JOB_INSTANCE_ID, HOLDER, ACQUIRED_AT, EXPIRES_AT, STOP_REQUESTED, REPLAY_UNTIL)
  VALUES ('people', 1, 1, 'process 17 on night', TIMESTAMP '2025-06-01 10:00:00.123456', TIMESTAMP '2025-06-01 10:00:09.123456', FALSE, NULL);

INSERT INTO SYNC_PLAN (JOB_INSTANCE_ID, STRATEGY, FINISHED, EXPECTED_TOTAL_RECORDS, NEXT_ORDINAL, NEXT_PAGE, PLANNING_SCOPE, ROUND,
    DELAYED_UNTIL, LOCATOR_QUERY, PLANNED_CURSOR, WARNINGS)
  VALUES (1, 'SCOPES', TRUE, 60, 6, 6, NULL, 1, NULL, NULL, NULL, '[]');

INSERT INTO SYNC_SCOPE_PAGE (JOB_INSTANCE_ID, PAGE, LANE, SCOPES, SCOPE_COUNT, SCOPES_PASSED, FETCHED, WRITTEN, OPEN_FETCHED, OPEN_WRITTEN) VALUES
  (1, 0, 'lane:0', '[{"ordinal":0,"text":"0"}]', 1, 0, 0, 0, 10, 10),
  (1, 1, 'lane:1', '[{"ordinal":1,"text":"1"}]', 1, 1, 10, 10, 0, 0),
  (1, 2, 'lane:1', '[{"ordinal":2,"text":"2"}]', 1, 1, 10, 10, 0, 0),
  (1, 3, 'lane:0', '[{"ordinal":3,"text":"3"}]', 1, 0, 0, 0, 0, 0),
  (1, 4, 'lane:1', '[{"ordinal":4,"text":"4"}]', 1, 1, 10, 10, 0, 0),
  (1, 5, 'lane:1', '[{"ordinal":5,"text":"5"}]', 1, 1, 10, 10, 0, 0);
