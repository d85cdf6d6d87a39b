package io.deltasync.http.source.answer;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

import io.deltasync.http.json.JsonPath;
import io.deltasync.http.source.options.OptionProblems;
import org.jspecify.annotations.Nullable;

/**
 * A condition under which an answer with a status of success is an error. Immutable.
 *
 * @param path the field
 * @param value the value that is an error; null for every value but false, zero and an
 * empty text
 */
public record FailCondition(JsonPath path, @Nullable String value) {

	/**
	 * Reads a condition.
	 * @param text 'error' or 'status=failed'
	 * @throws IllegalArgumentException if it is neither; the message is the predicate of
	 * a sentence about the text
	 */
	public static FailCondition of(String text) {
		int mark = text.indexOf('=');
		String path = ((mark < 0) ? text : text.substring(0, mark)).strip();
		if (path.isEmpty()) {
			throw new IllegalArgumentException("is '%s'; give a path such as error, or status=failed".formatted(text));
		}
		return new FailCondition(JsonPath.of(path), (mark < 0) ? null : text.substring(mark + 1).strip());
	}

	/** Reads the conditions of an option; null for none. */
	public static List<FailCondition> listOf(@Nullable List<String> texts, OptionProblems problems) {
		List<FailCondition> conditions = new ArrayList<>();
		for (String text : (texts != null) ? texts : List.<String>of()) {
			FailCondition condition = problems.parse("fail-when", () -> of(text));
			if (condition != null) {
				conditions.add(condition);
			}
		}
		return conditions;
	}

	/**
	 * Whether the answer is an error.
	 * @param found the value of the field; null if there is none
	 */
	public boolean isMetBy(@Nullable Object found) {
		if (found == null) {
			return false;
		}
		if (this.value != null) {
			return this.value.equals(found.toString());
		}
		boolean zero = found instanceof Number number && new BigDecimal(number.toString()).signum() == 0;
		return !(found.equals(false) || found.equals("") || zero);
	}

}
