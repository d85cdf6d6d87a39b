package io.deltasync.scope;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Scopes of a Sync Event whose rows are deleted or changed.
 *
 * @param ordinals their numbers, some hundreds at most; may be empty; null for all scopes
 * and what belongs to none
 */
public record Scopes(@Nullable List<Long> ordinals) {

	/** All scopes, and what belongs to none. */
	public static final Scopes ALL = new Scopes(null);

	/** Whether there are none. */
	public boolean isEmpty() {
		return this.ordinals != null && this.ordinals.isEmpty();
	}

	/** Returns what a WHERE clause continues with; empty for all scopes. */
	public String condition() {
		return (this.ordinals == null) ? ""
				: " AND ORDINAL IN (%s)".formatted(String.join(", ", Collections.nCopies(this.ordinals.size(), "?")));
	}

	/**
	 * Returns the values of a statement that ends with the condition and a LIMIT.
	 * @param limit how many rows at most
	 * @param before the values before those of the condition
	 * @return all values
	 */
	public Object[] values(int limit, Object... before) {
		List<Object> values = new ArrayList<>(Arrays.asList(before));
		if (this.ordinals != null) {
			values.addAll(this.ordinals);
		}
		values.add(limit);
		return values.toArray();
	}

}
