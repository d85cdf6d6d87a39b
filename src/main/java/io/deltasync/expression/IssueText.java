package io.deltasync.expression;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Says in the words of the configuration what is wrong with an expression.
 */
final class IssueText {

	private static final Pattern OVERLOAD = Pattern
		.compile("(?s)found no matching overload for '(.+?)' applied to '(.*?)' \\(candidates.*");

	private static final Pattern FUNCTION = Pattern.compile("undeclared reference to '(.+?)'.*");

	private static final Pattern MISSING = Pattern.compile("No matching overload for function '(.+?)'");

	private static final Map<String, String> WORDS = Map.of("string", "text", "bool", "true or false", "dyn", "any");

	private IssueText() {
	}

	static String of(String message) {
		Matcher overload = OVERLOAD.matcher(message);
		if (overload.matches()) {
			return "'%s' does not take %s".formatted(operator(overload.group(1)), types(overload.group(2)));
		}
		Matcher function = FUNCTION.matcher(message);
		if (function.matches()) {
			return "there is no function '%s'".formatted(function.group(1));
		}
		return message.replaceAll("(?s) expecting \\{.*", "");
	}

	/** Returns the operator or function that does not take the values of a record. */
	static String ofValues(String message) {
		Matcher missing = MISSING.matcher(message);
		return missing.find() ? "'%s' does not take values of these types".formatted(operator(missing.group(1)))
				: "a value or a part of one is missing, or has another type";
	}

	private static String operator(String name) {
		return name.equals("_?_:_") ? "? :" : name.equals("_[_]") ? "[ ]" : name.replace("_", "");
	}

	private static String types(String types) {
		String named = types.replaceAll("wrapper\\((\\w+)\\)", "$1");
		for (Map.Entry<String, String> word : WORDS.entrySet()) {
			named = named.replaceAll("\\b" + word.getKey() + "\\b", word.getValue());
		}
		return named;
	}

}
