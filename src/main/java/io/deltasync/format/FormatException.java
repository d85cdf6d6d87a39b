package io.deltasync.format;

import java.io.IOException;

/**
 * Reports that the rest of a file or answer cannot be read. The message names the file
 * and the line, and what to do.
 */
public final class FormatException extends IOException {

	private static final long serialVersionUID = 1L;

	private final String problem;

	FormatException(String name, long line, String problem) {
		super("%s:%d: %s".formatted(name, line, problem));
		this.problem = "line %d: %s".formatted(line, problem);
	}

	/**
	 * Returns the line and what is wrong with it, without the name of the file.
	 * @return such as {@code line 3: a quote is not closed}
	 */
	public String problem() {
		return this.problem;
	}

}
