package io.deltasync.format;

import java.io.IOException;

/**
 * Reports that the rest of a file or answer cannot be read. The message names the file
 * and the line, and what to do.
 */
public final class FormatException extends IOException {

	private static final long serialVersionUID = 1L;

	FormatException(String name, long line, String problem) {
		super("%s:%d: %s".formatted(name, line, problem));
	}

}
