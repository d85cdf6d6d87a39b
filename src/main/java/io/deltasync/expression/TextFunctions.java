package io.deltasync.expression;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

import dev.cel.common.types.ListType;
import io.deltasync.expression.Function.Arguments;
import org.jspecify.annotations.Nullable;

/**
 * The functions for texts. Positions are those of characters, from 0; positions outside
 * of a text are those of its ends.
 */
final class TextFunctions {

	/** Keeps what an expression makes of a record small. */
	private static final int MAX_LENGTH = 1_000_000;

	private TextFunctions() {
	}

	/**
	 * Returns the functions.
	 * @param tables the tables of {@code lookup}, by name
	 */
	static List<Function> all(Map<String, Map<String, String>> tables) {
		return List.of(Function.on("trim", Types.TEXT, (call) -> call.text(0).strip(), Types.TEXT),
				Function.on("upper", Types.TEXT, (call) -> call.text(0).toUpperCase(Locale.ROOT), Types.TEXT),
				Function.on("lower", Types.TEXT, (call) -> call.text(0).toLowerCase(Locale.ROOT), Types.TEXT),
				Function
					.on("left", Types.TEXT, (call) -> cut(call.text(0), 0, call.whole(1)), Types.TEXT, Types.NUMBER),
				Function.on("right", Types.TEXT, TextFunctions::right, Types.TEXT, Types.NUMBER),
				Function.on("substring", Types.TEXT, (call) -> cut(call.text(0), call.whole(1), call.whole(2)),
						Types.TEXT, Types.NUMBER, Types.NUMBER),
				Function.on("replace", Types.TEXT, TextFunctions::replaced, Types.TEXT, Types.TEXT, Types.TEXT),
				Function.on("split", ListType.create(Types.TEXT), TextFunctions::split, Types.TEXT, Types.TEXT),
				Function.on("length", Types.NUMBER,
						(call) -> Decimal.of(call.text(0).codePointCount(0, call.text(0).length())), Types.TEXT),
				Function.on("lookup", Types.TEXT, (call) -> lookup(call, tables), Types.ANY, Types.TEXT));
	}

	static String joined(String left, String right) {
		check((long) left.length() + right.length());
		return left + right;
	}

	private static String right(Arguments call) {
		int length = call.text(0).codePointCount(0, call.text(0).length());
		return cut(call.text(0), length - Math.max(call.whole(1), 0), length);
	}

	private static String cut(String text, int from, int to) {
		int length = text.codePointCount(0, text.length());
		int begin = Math.min(Math.max(from, 0), length);
		int end = Math.min(Math.max(to, begin), length);
		return text.substring(text.offsetByCodePoints(0, begin), text.offsetByCodePoints(0, end));
	}

	private static String replaced(Arguments call) {
		String text = call.text(0);
		String found = call.text(1);
		if (found.isEmpty()) {
			throw new ExpressionException("replace() takes a text to look for, which is empty");
		}
		long times = 0;
		for (int at = text.indexOf(found); at >= 0; at = text.indexOf(found, at + found.length())) {
			times++;
		}
		int growth = call.text(2).length() - found.length();
		if (growth > 0) {
			check(text.length() + times * growth);
		}
		return text.replace(found, call.text(2));
	}

	private static List<String> split(Arguments call) {
		String separator = call.text(1);
		if (separator.isEmpty()) {
			throw new ExpressionException("split() takes a separator, which is empty");
		}
		return Arrays.asList(call.text(0).split(Pattern.quote(separator), -1));
	}

	private static @Nullable String lookup(Arguments call, Map<String, Map<String, String>> tables) {
		Map<String, String> table = tables.get(call.text(1));
		if (table == null) {
			throw new ExpressionException("there is no table of that name");
		}
		return table.get(call.any(0).toString());
	}

	private static void check(long length) {
		if (length > MAX_LENGTH) {
			throw new ExpressionException("a text would have more than %,d characters".formatted(MAX_LENGTH));
		}
	}

}
