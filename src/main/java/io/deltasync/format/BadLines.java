package io.deltasync.format;

/**
 * Counts lines in a row that cannot be read: with too many of them, the options are
 * wrong. Not thread-safe.
 */
final class BadLines {

	private final String name;

	private final int most;

	private int inARow;

	BadLines(String name, int most) {
		this.name = name;
		this.most = most;
	}

	ParsedRecord add(long line, String problem) throws FormatException {
		this.inARow++;
		if (this.inARow > this.most) {
			throw new FormatException(this.name, line,
					"more than %d lines in a row cannot be read, the last because %s; correct the options or the file, or set max-bad-lines"
						.formatted(this.most, problem));
		}
		return ParsedRecord.bad(line, problem);
	}

	void reset() {
		this.inARow = 0;
	}

}
