package io.deltasync.scope;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The scopes of a Sync Event whose rows are deleted or updated.
 *
 * @param ordinals their ordinals, some hundreds at most; may be empty; null for all
 * scopes and for rows that belong to no scope
 */
public record Scopes(@Nullable List<Long> ordinals) {

	/** All scopes, and rows that belong to no scope. */
	public static final Scopes ALL = new Scopes(null);

	/** Whether there are no scopes. */
	public boolean isEmpty() {
		return this.ordinals != null && this.ordinals.isEmpty();
	}

	/** Whether these are all scopes, and rows that belong to no scope. */
	boolean isAll() {
		return this.ordinals == null;
	}

	/** Returns the continuation of a WHERE clause; empty for all scopes. */
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
