package io.deltasync.run.retry;

import java.sql.SQLException;
import java.util.regex.Pattern;

import io.deltasync.api.RecordInFlight;
import io.deltasync.api.SourceAdapter;
import io.deltasync.config.Mask;
import org.jspecify.annotations.Nullable;

/**
 * Makes one line for an operator out of what was thrown.
 */
public final class Messages {

	/** What drivers add: a number of the connection, and the whole statement. */
	private static final Pattern ADDED = Pattern.compile("(?s)^\\(conn=\\d+\\) |; SQL statement:\\R.*$");

	private static final int MOST_CAUSES = 5;

	private Messages() {
	}

	/**
	 * Joins the messages of a throwable and its causes, leaving out what repeats.
	 * @param thrown what was thrown
	 * @return one line; the type's name where there is no message
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
		return text.toString().replaceAll("\\s*\\R\\s*", " ");
	}

	/**
	 * Describes the failure of a call of a source. What a database says needs no name of
	 * a class; anything else may be a mistake in the adapter.
	 * @param adapter the adapter
	 * @param call which call failed
	 * @param place where in the run, after a blank; may be empty
	 * @param thrown what it threw
	 * @param remedy what to do
	 * @return what happened, why, and what to do
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
	 * Tells why a record failed.
	 * @param record a record that failed
	 * @param mask hides what is not to be shown
	 * @return its errors
	 */
	public static String reason(RecordInFlight record, Mask mask) {
		return record.errors().isEmpty() ? "the target marked the record as not delivered, without saying why"
				: mask.hideIn(String.join("; ", record.errors()), record);
	}

	/**
	 * Shows the beginning of a text that may be long and of many lines.
	 * @param text the text
	 * @param length how many characters at most
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
