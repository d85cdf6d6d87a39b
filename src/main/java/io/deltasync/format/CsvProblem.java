package io.deltasync.format;

import java.io.IOException;

/**
 * Says what is wrong with a record that the parser cannot read.
 */
final class CsvProblem {

	private CsvProblem() {
	}

	/**
	 * Returns what is wrong.
	 * @throws IOException if not the record, but reading has failed
	 */
	static String of(RuntimeException failure, FormatOptions options) throws IOException {
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (cause instanceof LineFeed.RecordTooLongException) {
				return tooLong(options);
			}
		}
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (cause instanceof IOException io) {
				throw io;
			}
		}
		String message = rootMessage(failure);
		if (message.startsWith("Unclosed")) {
			return "a quote is not closed";
		}
		if (message.startsWith("Unexpected character after closing quote")) {
			return "there is text after a closing quote";
		}
		return message.contains("aximum") ? tooLong(options) : "the parser refuses it: " + message;
	}

	private static String tooLong(FormatOptions options) {
		return "the record has more than %,d characters, perhaps because a quote is not closed; set max-record-length to allow more"
			.formatted(options.maxRecordLength());
	}

	private static String rootMessage(Throwable failure) {
		Throwable root = failure;
		while (root.getCause() != null) {
			root = root.getCause();
		}
		return String.valueOf(root.getMessage());
	}

}
