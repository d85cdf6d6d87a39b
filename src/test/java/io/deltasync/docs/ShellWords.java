package io.deltasync.docs;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Splits a command line as a shell does.
 */
final class ShellWords {

	private static final Pattern WORD = Pattern.compile("(?:\"[^\"]*\"|'[^']*'|[^\\s\"'])+");

	private static final Pattern QUOTED = Pattern.compile("\"([^\"]*)\"|'([^']*)'");

	private ShellWords() {
	}

	static List<String> of(String line) {
		return WORD.matcher(line)
			.results()
			.map((word) -> QUOTED.matcher(word.group())
				.replaceAll((quoted) -> Matcher
					.quoteReplacement((quoted.group(1) != null) ? quoted.group(1) : quoted.group(2))))
			.toList();
	}

}
