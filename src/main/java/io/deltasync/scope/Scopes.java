package io.deltasync.scope;

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

}
