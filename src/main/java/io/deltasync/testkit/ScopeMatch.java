package io.deltasync.testkit;

import java.util.Objects;

import io.deltasync.api.SourceAdapter;
import io.deltasync.codec.UnstorableScopeException;
import io.deltasync.codec.ValueCodec;
import org.jspecify.annotations.Nullable;

/**
 * Matches a scope given by a test. Scope classes need no {@code equals}, so equal stored
 * texts are a match as well.
 */
final class ScopeMatch {

	private final @Nullable Object scope;

	private final @Nullable String text;

	ScopeMatch(SourceAdapter adapter, @Nullable Object scope) {
		this.scope = scope;
		this.text = (scope != null) ? text(adapter, scope) : null;
	}

	private static @Nullable String text(SourceAdapter adapter, Object scope) {
		try {
			return new ValueCodec(adapter).write(scope);
		}
		catch (UnstorableScopeException ex) {
			return null;
		}
	}

	boolean matches(FetchedScope fetched) {
		return Objects.equals(this.scope, fetched.scope())
				|| (this.text != null && this.text.equals(fetched.handed().text()));
	}

	@Override
	public String toString() {
		return (this.text != null) ? this.text : String.valueOf(this.scope);
	}

}
