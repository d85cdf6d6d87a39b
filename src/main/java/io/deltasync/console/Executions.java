package io.deltasync.console;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.deltasync.config.Secrets;
import io.deltasync.lease.RepositoryDatabase;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * Reads the job executions of the repository, whether or not their jobs are Links. The
 * cost of a list does not depend on the number of executions. Thread-safe.
 */
@Component
public class Executions {

	/** How many executions are searched for those of one job. */
	private static final int MOST_SEARCHED = 10_000;

	/**
	 * A subquery for the job, because H2 would turn a join around and begin with all
	 * instances of the job.
	 */
	private static final String SELECT = """
			SELECT JOB_EXECUTION_ID, JOB_INSTANCE_ID, STATUS, EXIT_CODE, CREATE_TIME, START_TIME, END_TIME,
			  (SELECT JOB_NAME FROM BATCH_JOB_INSTANCE i WHERE i.JOB_INSTANCE_ID = e.JOB_INSTANCE_ID) JOB
			FROM BATCH_JOB_EXECUTION e WHERE JOB_EXECUTION_ID < ? """;

	private static final String OF_JOB = """
			AND JOB_EXECUTION_ID >= ?
			  AND (SELECT JOB_NAME FROM BATCH_JOB_INSTANCE i WHERE i.JOB_INSTANCE_ID = e.JOB_INSTANCE_ID) = ?""";

	private static final String NEWEST = " ORDER BY JOB_EXECUTION_ID DESC LIMIT ?";

	private final JdbcTemplate jdbc;

	private final JobRepository repository;

	public Executions(RepositoryDatabase database, JobRepository repository) {
		this.jdbc = database.jdbc();
		this.repository = repository;
	}

	/**
	 * Lists the newest executions.
	 * @param before only executions with lower numbers; {@code Long.MAX_VALUE} for all
	 * @param limit how many at most
	 * @return the executions, newest first
	 */
	public Listed newest(long before, int limit) {
		List<Execution> found = this.jdbc.query(SELECT + NEWEST, (row, number) -> execution(row), before, limit + 1);
		return cut(found, limit, null);
	}

	/**
	 * Lists the newest executions of a job. Searches {@value #MOST_SEARCHED} executions,
	 * so a list may be short although there are more.
	 * @param job the job's name
	 * @param before only executions with lower numbers; {@code Long.MAX_VALUE} for all
	 * @param limit how many at most
	 * @return the executions, newest first
	 */
	public Listed newest(String job, long before, int limit) {
		Long end = this.jdbc
			.queryForList(
					"SELECT JOB_EXECUTION_ID FROM BATCH_JOB_EXECUTION WHERE JOB_EXECUTION_ID < ? "
							+ "ORDER BY JOB_EXECUTION_ID DESC LIMIT 1 OFFSET " + (MOST_SEARCHED - 1),
					Long.class, before)
			.stream()
			.findFirst()
			.orElse(null);
		List<Execution> found = this.jdbc.query(SELECT + OF_JOB + NEWEST, (row, number) -> execution(row), before,
				(end != null) ? end : 0, job, limit + 1);
		return cut(found, limit, end);
	}

	private static Listed cut(List<Execution> found, int limit, @Nullable Long end) {
		return (found.size() <= limit) ? new Listed(found, end)
				: new Listed(found.subList(0, limit), found.get(limit - 1).id());
	}

	/**
	 * Reads one execution.
	 * @param id its number
	 * @return the execution with its steps
	 * @throws UnknownException if there is none with this number
	 */
	public Details find(long id) {
		// the repository fails for a number that does not exist
		boolean exists = !this.jdbc.queryForList("SELECT 1 FROM BATCH_JOB_EXECUTION WHERE JOB_EXECUTION_ID = ?", id)
			.isEmpty();
		JobExecution execution = exists ? this.repository.getJobExecution(id) : null;
		if (execution == null) {
			throw new UnknownException("There is no job execution %d; it may have been pruned".formatted(id));
		}
		Map<String, String> parameters = new TreeMap<>();
		execution.getJobParameters()
			.forEach((parameter) -> parameters.put(parameter.name(), Secrets.mask(String.valueOf(parameter.value()))));
		List<Step> steps = new ArrayList<>();
		execution.getStepExecutions().forEach((step) -> steps.add(step(step)));
		return new Details(id, execution.getJobInstanceId(), execution.getJobInstance().getJobName(),
				execution.getStatus().name(), execution.getExitStatus().getExitCode(),
				Secrets.mask(execution.getExitStatus().getExitDescription()), time(execution.getCreateTime()),
				time(execution.getStartTime()), time(execution.getEndTime()), parameters, steps);
	}

	private static Step step(StepExecution step) {
		return new Step(step.getId(), step.getStepName(), step.getStatus().name(), step.getExitStatus().getExitCode(),
				Secrets.mask(step.getExitStatus().getExitDescription()), step.getReadCount(), step.getWriteCount(),
				step.getFilterCount(), step.getSkipCount(), step.getCommitCount(), step.getRollbackCount(),
				time(step.getStartTime()), time(step.getEndTime()));
	}

	private static Execution execution(ResultSet row) throws SQLException {
		return new Execution(row.getLong(1), row.getLong(2), row.getString("JOB"), row.getString(3), row.getString(4),
				time(row.getTimestamp(5)), time(row.getTimestamp(6)), time(row.getTimestamp(7)));
	}

	private static @Nullable Instant time(@Nullable Timestamp time) {
		return (time != null) ? time(time.toLocalDateTime()) : null;
	}

	/** Spring Batch stores the local time of its JVM. */
	private static @Nullable Instant time(@Nullable LocalDateTime time) {
		return (time != null) ? time.atZone(ZoneId.systemDefault()).toInstant() : null;
	}

	/**
	 * A part of the list.
	 *
	 * @param executions the executions, newest first
	 * @param next where the next part starts; null at the end
	 */
	public record Listed(List<Execution> executions, @Nullable Long next) {

	}

	/**
	 * An execution in a list. The components are its fields in JSON.
	 *
	 * @param id its number
	 * @param instance the number of its job instance, which is that of a Sync Event if
	 * the job is a Link
	 * @param job the job's name, which is that of the Link
	 * @param status its status in Spring Batch's terms
	 * @param exitCode its exit code, or null
	 * @param createdAt when it was stored
	 * @param startedAt when it started, or null
	 * @param endedAt when it ended, or null
	 */
	public record Execution(long id, long instance, String job, String status, @Nullable String exitCode,
			@Nullable Instant createdAt, @Nullable Instant startedAt, @Nullable Instant endedAt) {

	}

	/**
	 * An execution with its steps. The components are its fields in JSON.
	 *
	 * @param id its number
	 * @param instance the number of its job instance
	 * @param job the job's name
	 * @param status its status in Spring Batch's terms
	 * @param exitCode its exit code
	 * @param exitMessage its exit message; may be empty
	 * @param createdAt when it was stored
	 * @param startedAt when it started, or null
	 * @param endedAt when it ended, or null
	 * @param parameters its job parameters, with secrets masked
	 * @param steps its steps in the order in which they started
	 */
	public record Details(long id, long instance, String job, String status, String exitCode, String exitMessage,
			@Nullable Instant createdAt, @Nullable Instant startedAt, @Nullable Instant endedAt,
			Map<String, String> parameters, List<Step> steps) {

	}

	/**
	 * A step of an execution. The components are its fields in JSON.
	 *
	 * @param id its number
	 * @param name its name
	 * @param status its status in Spring Batch's terms
	 * @param exitCode its exit code
	 * @param exitMessage its exit message; may be empty
	 * @param read how many items it read
	 * @param written how many items it wrote
	 * @param filtered how many items it filtered
	 * @param skipped how many items it skipped
	 * @param commits how many transactions it committed
	 * @param rollbacks how many it rolled back
	 * @param startedAt when it started, or null
	 * @param endedAt when it ended, or null
	 */
	public record Step(long id, String name, String status, String exitCode, String exitMessage, long read,
			long written, long filtered, long skipped, long commits, long rollbacks, @Nullable Instant startedAt,
			@Nullable Instant endedAt) {

	}

}
