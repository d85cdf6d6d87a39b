package io.deltasync.cli;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/**
 * Separates DeltaSync's own arguments from those that Spring reads as properties, such as
 * {@code --spring.profiles.active=mysql}.
 */
final class OwnArguments {

	/** Properties of Spring Boot without a dot. */
	private static final Set<String> FLAGS = Set.of("debug", "trace");

	/** Options that may precede the command, with a value as the next argument. */
	private static final Set<String> WITH_VALUE = Set.of("--server", "--token-file");

	private OwnArguments() {
	}

	static String[] of(String... args) {
		return Arrays.stream(args).filter((arg) -> !isProperty(arg)).toArray(String[]::new);
	}

	/**
	 * Whether arguments contain a command.
	 * @param args the arguments
	 * @return true if one is neither an option nor a property
	 */
	static boolean holdCommand(String... args) {
		return command(args).isPresent();
	}

	/**
	 * Returns the command among arguments.
	 * @param args the arguments
	 * @return the first argument that is neither an option, nor its value, nor a property
	 */
	static Optional<String> command(String... args) {
		for (int i = 0; i < args.length; i++) {
			if (!args[i].startsWith("-") && (i == 0 || !WITH_VALUE.contains(args[i - 1]))) {
				return Optional.of(args[i]);
			}
		}
		return Optional.empty();
	}

	private static boolean isProperty(String arg) {
		if (!arg.startsWith("--")) {
			return false;
		}
		int equals = arg.indexOf('=');
		String name = (equals < 0) ? arg.substring(2) : arg.substring(2, equals);
		return name.indexOf('.') >= 0 || FLAGS.contains(name);
	}

}
