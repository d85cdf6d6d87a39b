package io.deltasync.console.page;

import java.util.Locale;

/**
 * How the status of a job or step execution looks.
 *
 * @param words the status in words
 * @param icon a character that shows it without colour
 * @param css the name that style sheets use
 */
public record ExecutionState(String words, String icon, String css) {

	/**
	 * Describes a status.
	 * @param status the name of a Spring Batch status
	 * @return its looks; those of an unknown one are neutral
	 */
	static ExecutionState of(String status) {
		String words = status.toLowerCase(Locale.ROOT);
		return switch (status) {
			case "COMPLETED" -> new ExecutionState(words, "✔", "ok");
			case "STARTING", "STARTED", "STOPPING" -> new ExecutionState(words, "▶", "running");
			case "FAILED" -> new ExecutionState(words, "✖", "failed");
			case "STOPPED" -> new ExecutionState(words, "■", "stopped");
			default -> new ExecutionState(words, "○", "new");
		};
	}

}
