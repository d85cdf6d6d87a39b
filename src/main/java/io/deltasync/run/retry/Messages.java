package io.deltasync.run.retry;

import java.sql.SQLException;
import java.util.regex.Pattern;

import io.deltasync.api.RecordInFlight;
import io.deltasync.api.SourceAdapter;
import io.deltasync.config.Mask;
import org.jspecify.annotations.Nullable;

/**
 * Formats exceptions as one line for operators.
 */
public final class Messages {

	/** Text that drivers add: the number of the connection, and the whole statement. */
	private static final Pattern ADDED = Pattern.compile("(?s)^\\(conn=\\d+\\) |; SQL statement:\\R.*$");

	private static final int MOST_CAUSES = 5;

	private Messages() {
	}

	/**
	 * Joins the messages of a throwable and its causes without repetitions.
	 * @param thrown the throwable
	 * @return one line; the type's name if there is no message
	 */
	public static String of(Throwable thrown) {
		StringBuilder text = new StringBuilder(own(thrown));
		Throwable cause = thrown.getCause();
		for (int depth = 0; cause != null && depth < MOST_CAUSES; depth++, cause = cause.getCause()) {
			String message = own(cause);
			if (text.indexOf(message) < 0) {
				text.append(": ").append(message);
			}
		}
		return text.toString().replaceAll("\\s*(\\R|\\x00)\\s*", " ");
	}

	/**
	 * Describes the failure of a call to a source. A message of a database needs no class
	 * name; any other failure may be a bug of the adapter.
	 * @param adapter the adapter
	 * @param call the call that failed
	 * @param place the place in the run, after a blank; may be empty
	 * @param thrown the exception
	 * @param remedy the action to take
	 * @return the event, its reason and the action
	 */
	public static String ofSource(SourceAdapter adapter, String call, String place, Exception thrown, String remedy) {
		String what = isOfDatabase(thrown) ? "The source cannot be read"
				: "%s of source adapter %s failed%s".formatted(call, adapter.getClass().getName(), place);
		String why = of(thrown);
		return "%s: %s%s %s".formatted(what, why, why.endsWith(".") ? "" : ".", remedy);
	}

	private static boolean isOfDatabase(Throwable thrown) {
		boolean found = false;
		Throwable cause = thrown;
		for (int depth = 0; cause != null && depth < MOST_CAUSES && !found; depth++, cause = cause.getCause()) {
			found = cause instanceof SQLException;
		}
		return found;
	}

	/**
	 * Returns why a record failed.
	 * @param record a record that failed
	 * @param mask hides masked values
	 * @return the record's errors
	 */
	public static String reason(RecordInFlight record, Mask mask) {
		return record.errors().isEmpty() ? "the target marked the record as not delivered, without a reason"
				: mask.hideIn(String.join("; ", record.errors()), record);
	}

	/**
	 * Returns the beginning of a text that may be long and have many lines.
	 * @param text the text
	 * @param length the highest number of characters
	 * @return one line
	 */
	public static String excerpt(String text, int length) {
		String line = text.strip().replaceAll("\\s+", " ");
		return (line.length() <= length) ? line : line.substring(0, length - 1) + "…";
	}

	private static String own(Throwable thrown) {
		if (thrown instanceof OutOfMemoryError) {
			return "the memory is exhausted (%s); raise -Xmx, or lower the Link's lanes or deltasync.buffer-memory"
				.formatted(thrown.getMessage());
		}
		@Nullable String message = thrown.getMessage();
		return (message == null || message.isBlank()) ? thrown.getClass().getSimpleName()
				: ADDED.matcher(message).replaceAll("");
	}

}
