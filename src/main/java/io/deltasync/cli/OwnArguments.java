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
	 * @return the first argument that is neither an option nor a property
	 */
	static Optional<String> command(String... args) {
		return Arrays.stream(args).filter((arg) -> !arg.startsWith("-")).findFirst();
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
