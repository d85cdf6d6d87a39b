package io.deltasync.event.view;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

import io.deltasync.event.Outcome;
import io.deltasync.event.SyncEvent.Status;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.BatchStatus;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Reads the last runs of a Link with one statement, which reads neither job parameters
 * nor execution contexts. Thread-safe.
 */
public class RecentRuns {

	/**
	 * The newest attempt of a run tells how it ended. The runs are selected on their own:
	 * with a plain join, MySQL reads and sorts all executions of the Link.
	 */
	private static final String NEWEST = """
			SELECT i.JOB_INSTANCE_ID, e.STATUS, e.EXIT_CODE, e.START_TIME, e.END_TIME
			FROM (SELECT JOB_INSTANCE_ID, JOB_KEY FROM BATCH_JOB_INSTANCE WHERE JOB_NAME = ?
			  ORDER BY JOB_NAME DESC, JOB_KEY DESC LIMIT ?) i
			JOIN BATCH_JOB_EXECUTION e ON e.JOB_INSTANCE_ID = i.JOB_INSTANCE_ID
			ORDER BY i.JOB_KEY DESC, e.JOB_EXECUTION_ID""";

	private final JdbcClient jdbc;

	public RecentRuns(JdbcTemplate jdbc) {
		this.jdbc = JdbcClient.create(jdbc);
	}

	/**
	 * Lists the last runs of a Link.
	 * @param link the Link's name
	 * @param limit how many at most
	 * @return the runs, newest first
	 */
	public List<RecentRun> newest(String link, int limit) {
		List<RecentRun> runs = new ArrayList<>();
		this.jdbc.sql(NEWEST).params(link, limit).query((row) -> {
			RecentRun attempt = attempt(row);
			int last = runs.size() - 1;
			if (last >= 0 && runs.get(last).event() == attempt.event()) {
				runs.set(last, new RecentRun(attempt.event(), attempt.status(), attempt.success(),
						runs.get(last).startedAt(), attempt.endedAt()));
			}
			else {
				runs.add(attempt);
			}
		});
		return runs;
	}

	private static RecentRun attempt(ResultSet row) throws SQLException {
		BatchStatus status = BatchStatus.valueOf(row.getString(2));
		String exitCode = row.getString(3);
		return new RecentRun(row.getLong(1), status(status, exitCode),
				status == BatchStatus.COMPLETED && Outcome.COMPLETED.name().equals(exitCode), time(row, 4),
				status.isRunning() ? null : time(row, 5));
	}

	private static Status status(BatchStatus status, @Nullable String exitCode) {
		if (status.isRunning()) {
			return Status.FETCHING;
		}
		return switch (status) {
			case COMPLETED -> Status.COMPLETED;
			case STOPPED -> Status.STOPPED;
			default -> Outcome.COMPLETED_WITH_FAILURES.name().equals(exitCode) ? Status.COMPLETED
					: Outcome.CRASHED.name().equals(exitCode) ? Status.CRASHED : Status.ABORTED;
		};
	}

	/** Spring Batch stores the local time of its JVM. */
	private static @Nullable Instant time(ResultSet row, int column) throws SQLException {
		Timestamp time = row.getTimestamp(column);
		return (time != null) ? time.toLocalDateTime().atZone(ZoneId.systemDefault()).toInstant() : null;
	}

}
