package io.deltasync.connection;

import java.util.Locale;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Finds driver properties that would change values on their way or make a part of a table
 * look like the whole table.
 */
final class DriverPropertyCheck {

	private static final Set<String> UTF_8 = Set.of("utf-8", "utf8", "utf8mb4");

	private DriverPropertyCheck() {
	}

	/**
	 * Checks a property of a MySQL or MariaDB driver.
	 * @param name its name
	 * @param value its value
	 * @return the problem and its remedy, or null if the property is allowed
	 */
	static @Nullable String refusal(String name, String value) {
		String lower = value.strip().toLowerCase(Locale.ROOT);
		boolean refused = switch (name.toLowerCase(Locale.ROOT)) {
			case "characterencoding", "charactersetresults" -> !lower.isEmpty() && !UTF_8.contains(lower);
			case "connectioncollation" -> !lower.isEmpty() && !lower.startsWith("utf8");
			case "useunicode" -> lower.equals("false");
			case "customcharsetmapping" -> !lower.isEmpty();
			case "padcharswithspace" -> lower.equals("true");
			case "zerodatetimebehavior" -> lower.equals("round");
			case "maxrows" -> !lower.equals("-1") && !lower.equals("0");
			default -> false;
		};
		if (!refused) {
			return null;
		}
		return switch (name.toLowerCase(Locale.ROOT)) {
			case "maxrows" ->
				"%s=%s would read a part of a table as if it were the whole table; remove it".formatted(name, value);
			case "zerodatetimebehavior" ->
				"%s=%s would change zero dates to 0001-01-01; remove it, or use CONVERT_TO_NULL".formatted(name, value);
			case "padcharswithspace" -> "%s=%s would add spaces to texts; remove it".formatted(name, value);
			default -> ("%s=%s would change texts on their way; remove it: DeltaSync talks UTF-8 to the server, "
					+ "which converts from and to the character sets of its tables")
				.formatted(name, value);
		};
	}

}
