package io.deltasync.console;

import java.util.ArrayList;
import java.util.List;

import io.deltasync.config.Secrets;
import io.deltasync.lease.RepositoryDatabase;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * Reads the execution contexts of a job execution as they are stored. Thread-safe.
 */
@Component
public class StoredContexts {

	/** How much of a context is shown, in characters. */
	public static final int MOST_TEXT = 4000;

	/** More than is shown, because masking a secret makes the text shorter. */
	private static final int READ = 3 * MOST_TEXT;

	private static final int MOST_CONTEXTS = 20;

	/** How Java's own serialization begins, in Base64. */
	private static final String SERIALIZED = "rO0AB";

	private final JdbcTemplate jdbc;

	/**
	 * Creates a reader.
	 * @param database the JobRepository's database
	 */
	public StoredContexts(RepositoryDatabase database) {
		this.jdbc = database.jdbc();
	}

	/**
	 * Reads the contexts of an execution and of its first {@value #MOST_CONTEXTS} steps.
	 * @param execution the number of the execution
	 * @return the contexts that are not empty, that of the execution first
	 */
	public List<Context> of(long execution) {
		List<Context> contexts = new ArrayList<>();
		this.jdbc.query("""
				SELECT SUBSTRING(COALESCE(SERIALIZED_CONTEXT, SHORT_CONTEXT), 1, %d) FROM BATCH_JOB_EXECUTION_CONTEXT
				WHERE JOB_EXECUTION_ID = ?""".formatted(READ), (row) -> {
			add(contexts, null, row.getString(1));
		}, execution);
		this.jdbc.query("""
				SELECT s.STEP_NAME, SUBSTRING(COALESCE(c.SERIALIZED_CONTEXT, c.SHORT_CONTEXT), 1, %d)
				FROM (SELECT STEP_EXECUTION_ID, STEP_NAME FROM BATCH_STEP_EXECUTION WHERE JOB_EXECUTION_ID = ?
				  ORDER BY STEP_EXECUTION_ID LIMIT %d) s
				JOIN BATCH_STEP_EXECUTION_CONTEXT c ON c.STEP_EXECUTION_ID = s.STEP_EXECUTION_ID
				ORDER BY s.STEP_EXECUTION_ID""".formatted(READ, MOST_CONTEXTS), (row) -> {
			add(contexts, row.getString(1), row.getString(2));
		}, execution);
		return contexts;
	}

	private static void add(List<Context> contexts, @Nullable String step, @Nullable String stored) {
		String text = (stored != null) ? shown(stored) : "";
		if (!text.isBlank() && !text.equals("{}")) {
			contexts.add(new Context(step, text));
		}
	}

	/**
	 * Masks before it cuts. A text that was cut when it was read may end within a secret,
	 * which a quotation mark completes.
	 */
	static String shown(String stored) {
		if (stored.startsWith(SERIALIZED)) {
			return "(stored by Java's serialization, which is not shown)";
		}
		String masked = (stored.length() < READ) ? Secrets.mask(stored) : Secrets.mask(stored + '"');
		return (masked.length() <= MOST_TEXT) ? masked : masked.substring(0, MOST_TEXT) + "…";
	}

	/**
	 * A context.
	 *
	 * @param step the name of the step that it belongs to; null for that of the execution
	 * @param text its text as stored, with secrets masked; cut to {@value #MOST_TEXT}
	 * characters
	 */
	public record Context(@Nullable String step, String text) {

	}

}
