package io.deltasync.console;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

import io.deltasync.config.Secrets;
import io.deltasync.lease.RepositoryDatabase;
import io.deltasync.schema.Columns;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.BatchStatus;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * Reads the job executions of the repository, whether or not their jobs are Links. Reads
 * the tables itself, since an execution of another application may have parameters or a
 * context that this process cannot read as objects. The cost of a list does not depend on
 * the number of executions. Thread-safe.
 */
@Component
public class JobExecutions {

	/** How many executions are searched for those with a job or a status. */
	public static final int MOST_SEARCHED = 10_000;

	/** How many steps of an execution are shown. */
	public static final int MOST_STEPS = 500;

	/** The key of a Link's instance is its run timestamp; others have hash values. */
	private static final Pattern RUN_TIMESTAMP = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT.*Z");

	private static final String MASK = "***";

	private static final String JOB_NAME = "(SELECT i.JOB_NAME FROM BATCH_JOB_INSTANCE i "
			+ "WHERE i.JOB_INSTANCE_ID = e.JOB_INSTANCE_ID)";

	/**
	 * The name of the job is a subquery: with a join, a database may first read and sort
	 * all instances of a job.
	 */
	private static final String LIST = """
			SELECT e.JOB_EXECUTION_ID, e.JOB_INSTANCE_ID, %s,
			  (SELECT i.JOB_KEY FROM BATCH_JOB_INSTANCE i WHERE i.JOB_INSTANCE_ID = e.JOB_INSTANCE_ID),
			  e.STATUS, e.EXIT_CODE, e.CREATE_TIME, e.START_TIME, e.END_TIME
			FROM BATCH_JOB_EXECUTION e WHERE e.JOB_EXECUTION_ID <= ? AND e.JOB_EXECUTION_ID >= ?""".formatted(JOB_NAME);

	private static final String DETAILS = """
			SELECT e.JOB_EXECUTION_ID, e.JOB_INSTANCE_ID, i.JOB_NAME, i.JOB_KEY, e.STATUS, e.EXIT_CODE, e.CREATE_TIME,
			  e.START_TIME, e.END_TIME, e.EXIT_MESSAGE, e.LAST_UPDATED
			FROM BATCH_JOB_EXECUTION e JOIN BATCH_JOB_INSTANCE i ON i.JOB_INSTANCE_ID = e.JOB_INSTANCE_ID
			WHERE e.JOB_EXECUTION_ID = ?""";

	private final JdbcTemplate jdbc;

	/**
	 * Creates a reader.
	 * @param database the JobRepository's database
	 */
	public JobExecutions(RepositoryDatabase database) {
		this.jdbc = database.jdbc();
	}

	/**
	 * Lists the newest executions. With a job or a status, only {@value #MOST_SEARCHED}
	 * numbers are searched, so a list may be short or empty although there are more.
	 * @param job the job's name; null for all jobs
	 * @param status the status; null for all
	 * @param before only executions with lower numbers; {@code Long.MAX_VALUE} for all
	 * @param limit how many at most
	 * @return the executions, newest first
	 */
	public Listed newest(@Nullable String job, @Nullable BatchStatus status, long before, int limit) {
		Long newest = newestBefore(before);
		if (newest == null || (job != null && !Columns.canHold(job))) {
			return new Listed(List.of(), null, null);
		}
		boolean filtered = job != null || status != null;
		long from = filtered ? newest - MOST_SEARCHED + 1 : Long.MIN_VALUE;
		StringBuilder sql = new StringBuilder(LIST);
		List<Object> arguments = new ArrayList<>(List.of(newest, from));
		if (status != null) {
			sql.append(" AND e.STATUS = ?");
			arguments.add(status.name());
		}
		if (job != null) {
			sql.append(" AND ").append(JOB_NAME).append(" = ?");
			arguments.add(job);
		}
		arguments.add(limit + 1);
		List<Execution> found = this.jdbc.query(sql.append(" ORDER BY e.JOB_EXECUTION_ID DESC LIMIT ?").toString(),
				(row, number) -> execution(row), arguments.toArray());
		if (found.size() > limit) {
			return new Listed(found.subList(0, limit), found.get(limit - 1).id(), null);
		}
		Long older = filtered ? newestBefore(from) : null;
		return new Listed(found, (older != null) ? older + 1 : null, (older != null) ? from : null);
	}

	/** For a maximum, H2 would read all rows. */
	private @Nullable Long newestBefore(long before) {
		return this.jdbc
			.queryForList("SELECT JOB_EXECUTION_ID FROM BATCH_JOB_EXECUTION WHERE JOB_EXECUTION_ID < ? "
					+ "ORDER BY JOB_EXECUTION_ID DESC LIMIT 1", Long.class, before)
			.stream()
			.findFirst()
			.orElse(null);
	}

	/**
	 * Reads one execution.
	 * @param id its number
	 * @return the execution with its parameters and its first {@value #MOST_STEPS} steps
	 * @throws UnknownException if there is none with this number
	 */
	public Details find(long id) {
		return this.jdbc.query(DETAILS, (row, number) -> {
			Execution execution = execution(row);
			return new Details(execution.id(), execution.instance(), execution.job(), execution.event(),
					execution.status(), execution.exitCode(), message(row.getString(10)), execution.createdAt(),
					execution.startedAt(), execution.endedAt(), time(row, 11), newestOf(execution.instance()),
					parameters(id), steps(id));
		}, id)
			.stream()
			.findFirst()
			.orElseThrow(
					() -> new UnknownException("There is no job execution %d; it may have been pruned".formatted(id)));
	}

	/**
	 * Finds the newest execution of a job instance.
	 * @param instance the number of the job instance
	 * @return the number of its newest execution
	 */
	long newestOf(long instance) {
		return Objects.requireNonNull(this.jdbc.queryForObject(
				"SELECT MAX(JOB_EXECUTION_ID) FROM BATCH_JOB_EXECUTION WHERE JOB_INSTANCE_ID = ?", Long.class,
				instance));
	}

	private List<Parameter> parameters(long execution) {
		return this.jdbc.query("""
				SELECT PARAMETER_NAME, PARAMETER_TYPE, PARAMETER_VALUE, IDENTIFYING FROM BATCH_JOB_EXECUTION_PARAMS
				WHERE JOB_EXECUTION_ID = ? ORDER BY PARAMETER_NAME""", (row, number) -> {
			String name = row.getString(1);
			String value = Objects.requireNonNullElse(row.getString(3), "");
			String type = row.getString(2);
			return new Parameter(name, type.substring(type.lastIndexOf('.') + 1),
					Secrets.isSecret(name) ? MASK : Secrets.mask(value), "Y".equals(row.getString(4)));
		}, execution);
	}

	private List<Step> steps(long execution) {
		return this.jdbc.query(
				"""
						SELECT STEP_EXECUTION_ID, STEP_NAME, STATUS, EXIT_CODE, EXIT_MESSAGE, READ_COUNT, WRITE_COUNT, FILTER_COUNT,
						  READ_SKIP_COUNT + PROCESS_SKIP_COUNT + WRITE_SKIP_COUNT, COMMIT_COUNT, ROLLBACK_COUNT, START_TIME, END_TIME
						FROM BATCH_STEP_EXECUTION WHERE JOB_EXECUTION_ID = ? ORDER BY STEP_EXECUTION_ID LIMIT ?""",
				(row, number) -> new Step(row.getLong(1), row.getString(2), row.getString(3), row.getString(4),
						message(row.getString(5)), row.getLong(6), row.getLong(7), row.getLong(8), row.getLong(9),
						row.getLong(10), row.getLong(11), time(row, 12), time(row, 13)),
				execution, MOST_STEPS);
	}

	private static Execution execution(ResultSet row) throws SQLException {
		long instance = row.getLong(2);
		return new Execution(row.getLong(1), instance, row.getString(3),
				RUN_TIMESTAMP.matcher(row.getString(4)).matches() ? instance : null, row.getString(5), row.getString(6),
				time(row, 7), time(row, 8), time(row, 9));
	}

	private static String message(@Nullable String stored) {
		return (stored != null) ? Secrets.mask(stored) : "";
	}

	/** Spring Batch stores the local time of its JVM. */
	private static @Nullable Instant time(ResultSet row, int column) throws SQLException {
		LocalDateTime local = row.getObject(column, LocalDateTime.class);
		return (local != null) ? local.atZone(ZoneId.systemDefault()).toInstant() : null;
	}

	/**
	 * A part of the list.
	 *
	 * @param executions the executions, newest first
	 * @param next where the next part starts; null at the end
	 * @param searchedFrom the lowest number that was searched if older executions may
	 * match, too; otherwise null
	 */
	public record Listed(List<Execution> executions, @Nullable Long next, @Nullable Long searchedFrom) {

	}

	/**
	 * An execution in a list. The components are its fields in JSON.
	 *
	 * @param id its number
	 * @param instance the number of its job instance
	 * @param job the job's name, which is that of the Link if the job is one
	 * @param event the Sync Event that it belongs to; null if the job is not a Link
	 * @param status its status in Spring Batch's terms
	 * @param exitCode its exit code, or null
	 * @param createdAt when it was stored
	 * @param startedAt when it started, or null
	 * @param endedAt when it ended, or null
	 */
	public record Execution(long id, long instance, String job, @Nullable Long event, String status,
			@Nullable String exitCode, @Nullable Instant createdAt, @Nullable Instant startedAt,
			@Nullable Instant endedAt) {

	}

	/**
	 * An execution with its steps. The components are its fields in JSON.
	 *
	 * @param id its number
	 * @param instance the number of its job instance
	 * @param job the job's name
	 * @param event the Sync Event that it belongs to; null if the job is not a Link
	 * @param status its status in Spring Batch's terms
	 * @param exitCode its exit code, or null
	 * @param exitMessage its exit message or exception, with secrets masked; may be empty
	 * @param createdAt when it was stored
	 * @param startedAt when it started, or null
	 * @param endedAt when it ended, or null
	 * @param updatedAt when it was stored last, or null
	 * @param newest the newest execution of the same instance
	 * @param parameters its job parameters
	 * @param steps its steps in the order in which they were stored
	 */
	public record Details(long id, long instance, String job, @Nullable Long event, String status,
			@Nullable String exitCode, String exitMessage, @Nullable Instant createdAt, @Nullable Instant startedAt,
			@Nullable Instant endedAt, @Nullable Instant updatedAt, long newest, List<Parameter> parameters,
			List<Step> steps) {

	}

	/**
	 * A job parameter. The components are its fields in JSON.
	 *
	 * @param name its name
	 * @param type the simple name of its class
	 * @param value its value, masked if its name or its text is that of a secret
	 * @param identifying whether it identifies the job instance
	 */
	public record Parameter(String name, String type, String value, boolean identifying) {

	}

	/**
	 * A step of an execution. The components are its fields in JSON.
	 *
	 * @param id its number
	 * @param name its name
	 * @param status its status in Spring Batch's terms
	 * @param exitCode its exit code, or null
	 * @param exitMessage its exit message or exception, with secrets masked; may be empty
	 * @param read how many items it read
	 * @param written how many items it wrote
	 * @param filtered how many items it filtered
	 * @param skipped how many items it skipped
	 * @param commits how many transactions it committed
	 * @param rollbacks how many it rolled back
	 * @param startedAt when it started, or null
	 * @param endedAt when it ended, or null
	 */
	public record Step(long id, String name, String status, @Nullable String exitCode, String exitMessage, long read,
			long written, long filtered, long skipped, long commits, long rollbacks, @Nullable Instant startedAt,
			@Nullable Instant endedAt) {

	}

}
