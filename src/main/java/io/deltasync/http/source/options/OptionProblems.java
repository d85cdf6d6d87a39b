package io.deltasync.http.source.options;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/** Collects the problems of options, to report all of them at once. Not thread-safe. */
public final class OptionProblems {

	private final List<String> problems = new ArrayList<>();

	/**
	 * Adds a problem.
	 * @param property the dotted name of the option
	 * @param message the predicate of a sentence about it
	 */
	public void add(String property, String message) {
		this.problems.add(property + " " + message);
	}

	/**
	 * Calls a parser.
	 * @return the result; null if the parser throws an {@link IllegalArgumentException},
	 * which is added
	 */
	public <T> @Nullable T parse(String property, Supplier<T> parser) {
		try {
			return parser.get();
		}
		catch (IllegalArgumentException ex) {
			add(property, String.valueOf(ex.getMessage()));
			return null;
		}
	}

	/** Throws an exception if there are problems. */
	public void check() {
		if (!this.problems.isEmpty()) {
			throw new IllegalArgumentException(String.join("; ", this.problems));
		}
	}

}
