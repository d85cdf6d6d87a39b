package io.deltasync.benchmark;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a program says about its copy: without the start of its process.
 *
 * @param rows how many rows it says it has written
 * @param time how long the copy took by its own clock
 */
record Copied(long rows, Duration time) {

	private static final Pattern LINE = Pattern.compile("^copied (\\d+) rows in (\\d+) ms$", Pattern.MULTILINE);

	void print() {
		System.out.println("copied " + this.rows + " rows in " + this.time.toMillis() + " ms");
	}

	static Copied parse(String output) {
		Matcher matcher = LINE.matcher(output);
		if (!matcher.find()) {
			throw new IllegalArgumentException("The program does not say how many rows it copied");
		}
		return new Copied(Long.parseLong(matcher.group(1)), Duration.ofMillis(Long.parseLong(matcher.group(2))));
	}

}
