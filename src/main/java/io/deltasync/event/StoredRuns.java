package io.deltasync.event;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

import io.deltasync.event.StoredRun.StoredExecution;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import org.springframework.batch.core.repository.ExecutionContextSerializer;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Reads runs from the tables of the JobRepository by their indexes. Spring Batch's own
 * methods read the whole history and load each step. The cost of these methods does not
 * depend on the number of runs.
 */
class StoredRuns {

	/**
	 * Read from the end of the index on name and key. H2 would sort the whole history
	 * unless the order names all columns of the index. MySQL would turn an EXISTS into a
	 * join and start it with all executions.
	 */
	static final String NEWEST = """
			SELECT JOB_INSTANCE_ID FROM BATCH_JOB_INSTANCE i WHERE JOB_NAME = ? AND (
			  SELECT COUNT(*) FROM BATCH_JOB_EXECUTION e WHERE e.JOB_INSTANCE_ID = i.JOB_INSTANCE_ID) > 0
			ORDER BY JOB_NAME DESC, JOB_KEY DESC LIMIT ?""";

	static final String BEFORE = NEWEST.replace("JOB_NAME = ? AND", "JOB_NAME = ? AND JOB_KEY < ? AND");

	static final int MOST_COUNTED = 1000;

	private final JdbcClient jdbc;

	private final ExecutionContextSerializer serializer;

	StoredRuns(JdbcTemplate jdbc, ExecutionContextSerializer serializer) {
		this.jdbc = JdbcClient.create(jdbc);
		this.serializer = serializer;
	}

	Optional<StoredRun> find(String link, Instant runTimestamp) {
		return id(link, runTimestamp).flatMap(this::find);
	}

	Optional<Long> id(String link, Instant runTimestamp) {
		return this.jdbc.sql("SELECT JOB_INSTANCE_ID FROM BATCH_JOB_INSTANCE WHERE JOB_NAME = ? AND JOB_KEY = ?")
			.params(link, RunParameters.format(runTimestamp))
			.query(Long.class)
			.optional();
	}

	Optional<StoredRun> newest(String link) {
		return newest(link, 1).stream().findFirst();
	}

	/**
	 * An instance whose process died before its first execution was stored is not a run.
	 */
	List<StoredRun> newest(String link, int limit) {
		return this.jdbc.sql(NEWEST)
			.params(link, limit)
			.query(Long.class)
			.list()
			.stream()
			.flatMap((id) -> find(id).stream())
			.toList();
	}

	/** Lists the runs before a time, like {@link #newest(String, int)}. */
	List<StoredRun> before(String link, Instant runTimestamp, int limit) {
		return this.jdbc.sql(BEFORE)
			.params(link, RunParameters.format(runTimestamp), limit)
			.query(Long.class)
			.list()
			.stream()
			.flatMap((id) -> find(id).stream())
			.toList();
	}

	int countAfter(String link, @Nullable Instant runTimestamp) {
		return this.jdbc.sql("""
				SELECT COUNT(*) FROM (
				  SELECT 1 FROM BATCH_JOB_INSTANCE WHERE JOB_NAME = ? AND JOB_KEY > ? LIMIT ?) RUNS""")
			.params(link, (runTimestamp != null) ? RunParameters.format(runTimestamp) : "", MOST_COUNTED)
			.query(Integer.class)
			.single();
	}

	Optional<StoredRun> find(long id) {
		AtomicReference<String> name = new AtomicReference<>();
		List<StoredExecution> executions = this.jdbc.sql("""
				SELECT e.JOB_EXECUTION_ID, e.STATUS, e.EXIT_CODE, e.EXIT_MESSAGE, e.START_TIME, e.END_TIME, i.JOB_NAME
				FROM BATCH_JOB_EXECUTION e JOIN BATCH_JOB_INSTANCE i ON i.JOB_INSTANCE_ID = e.JOB_INSTANCE_ID
				WHERE e.JOB_INSTANCE_ID = ? ORDER BY e.JOB_EXECUTION_ID""").param(id).query((row, number) -> {
			name.set(row.getString(7));
			return execution(row);
		}).list();
		String link = name.get();
		if (link == null) {
			return Optional.empty();
		}
		long last = executions.get(executions.size() - 1).id();
		JobParameters parameters = parameters(last);
		if (parameters.getString(RunParameters.RUN_TIMESTAMP) == null) {
			return Optional.empty();
		}
		StoredRun run = new StoredRun(id, link, RunParameters.of(parameters), null, executions);
		// a run in progress has none yet
		return Optional
			.of(run.isRunning() ? run : new StoredRun(id, link, run.parameters(), summary(last), executions));
	}

	private static StoredExecution execution(ResultSet row) throws SQLException {
		return new StoredExecution(row.getLong(1), BatchStatus.valueOf(row.getString(2)), row.getString(3),
				row.getString(4), time(row, 5), time(row, 6));
	}

	/**
	 * Reads a Timestamp, as Spring Batch writes and reads it: a driver may convert a
	 * Timestamp, and only that, from the zone of this JVM to another.
	 */
	private static @Nullable LocalDateTime time(ResultSet row, int column) throws SQLException {
		Timestamp time = row.getTimestamp(column);
		return (time != null) ? time.toLocalDateTime() : null;
	}

	private JobParameters parameters(long execution) {
		JobParametersBuilder builder = new JobParametersBuilder();
		this.jdbc.sql("""
				SELECT PARAMETER_NAME, PARAMETER_VALUE, IDENTIFYING FROM BATCH_JOB_EXECUTION_PARAMS
				WHERE JOB_EXECUTION_ID = ?""").param(execution).query((row) -> {
			if (row.getString(2) != null) {
				builder.addString(row.getString(1), row.getString(2), "Y".equals(row.getString(3)));
			}
		});
		return builder.toJobParameters();
	}

	private @Nullable RunSummary summary(long execution) {
		return this.jdbc.sql("""
				SELECT COALESCE(SERIALIZED_CONTEXT, SHORT_CONTEXT) FROM BATCH_JOB_EXECUTION_CONTEXT
				WHERE JOB_EXECUTION_ID = ?""")
			.param(execution)
			.query(String.class)
			.optional()
			.flatMap(this::deserialize)
			.orElse(null);
	}

	private Optional<RunSummary> deserialize(String context) {
		try {
			Object summary = this.serializer
				.deserialize(new ByteArrayInputStream(context.getBytes(StandardCharsets.UTF_8)))
				.get(RunSummary.KEY);
			return (summary instanceof String json) ? Optional.of(RunSummary.fromJson(json)) : Optional.empty();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
