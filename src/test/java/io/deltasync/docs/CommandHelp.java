package io.deltasync.docs;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.deltasync.cli.UsageCheck;

/**
 * The help texts of the command line.
 */
final class CommandHelp {

	private CommandHelp() {
	}

	/** Returns the names of all commands, or of those in a group. */
	static List<String> commands(String... group) {
		return Pattern.compile("(?m)^  ([a-z]+) {2,}\\S")
			.matcher(of(Stream.concat(Stream.of(group), Stream.of("--help")).toArray(String[]::new)))
			.results()
			.map((command) -> command.group(1))
			.toList();
	}

	/** Returns the text that is printed for arguments that ask for help. */
	static String of(String... arguments) {
		PrintStream out = System.out;
		ByteArrayOutputStream printed = new ByteArrayOutputStream();
		System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
		try {
			UsageCheck.answer(arguments);
		}
		finally {
			System.setOut(out);
		}
		return printed.toString(StandardCharsets.UTF_8);
	}

}
