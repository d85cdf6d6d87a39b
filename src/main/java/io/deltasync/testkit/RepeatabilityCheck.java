package io.deltasync.testkit;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;

import io.deltasync.api.SourceAdapter;
import io.deltasync.codec.ValueCodec;
import org.jspecify.annotations.Nullable;

/**
 * Fetches scopes again under other circumstances and checks that the results are the
 * same.
 */
final class RepeatabilityCheck {

	private static final String FETCH_ONCE = " (If the test's source hands everything out only once, say fetchOnce().)";

	private static final String SHARED = "Scopes are fetched in any order, side by side, and again after a restart: "
			+ "keep nothing in static fields or in objects that instances share, and put what a scope needs into the "
			+ "scope." + FETCH_ONCE;

	private static final String LEFT = "Each scope is fetched by a fresh instance, to which the fields that were set "
			+ "while planning are unknown: put what they hold into the scope." + FETCH_ONCE;

	private static final String CLOSED = "Lanes end at different times: close only what the instance itself opened."
			+ FETCH_ONCE;

	private final Instances<SourceAdapter> instances;

	private final ScopeFetch fetch;

	RepeatabilityCheck(Instances<SourceAdapter> instances, ScopeFetch fetch) {
		this.instances = instances;
		this.fetch = fetch;
	}

	void check(List<FetchedScope> forward) {
		for (int ordinal = forward.size() - 1; ordinal >= 0; ordinal--) {
			FetchedScope before = forward.get(ordinal);
			if (before.handed().text() != null) {
				compare(before, this.instances.fresh(), "when scopes are fetched in another order", SHARED);
			}
		}
		Set<SourceAdapter> checkedPlanners = Collections.newSetFromMap(new IdentityHashMap<>());
		for (FetchedScope before : forward) {
			SourceAdapter planner = before.handed().by();
			if (before.handed().text() != null && planner != null && checkedPlanners.add(planner)) {
				compare(before, planner, "on the instance that planned it than on a fresh one", LEFT);
			}
		}
	}

	/**
	 * Checks that a scope can still be fetched after the instances of other execution
	 * contexts were closed.
	 */
	void checkAfterClose(List<FetchedScope> forward) {
		for (int ordinal = forward.size() - 1; ordinal >= 0; ordinal--) {
			FetchedScope before = forward.get(ordinal);
			if (before.handed().text() != null) {
				compare(before, this.instances.fresh(), "after other instances were closed", CLOSED);
				return;
			}
		}
	}

	private void compare(FetchedScope before, SourceAdapter adapter, String circumstances, String remedy) {
		FetchedScope repeated = this.fetch.fetch(adapter, before.handed(), false);
		String difference = difference(before, repeated, new ValueCodec(adapter));
		if (difference != null) {
			Exception failure = (before.failure() != null) ? before.failure() : repeated.failure();
			throw new AssertionError(
					"fetchRecords of source adapter %s gives something else for scope %s %s: %s. %s"
						.formatted(adapter.getClass().getName(), before.excerpt(), circumstances, difference, remedy),
					failure);
		}
	}

	private static @Nullable String difference(FetchedScope before, FetchedScope repeated, ValueCodec codec) {
		if ((before.failure() == null) != (repeated.failure() == null)) {
			return (before.failure() != null) ? "it failed before (%s), and now did not".formatted(before.failure())
					: "it did not fail before, and now did (%s)".formatted(repeated.failure());
		}
		if (before.failure() != null) {
			return null;
		}
		String records = RecordImage.difference(before.records(), repeated.records());
		if (records != null) {
			return records;
		}
		if (!Objects.equals(before.cursor(), repeated.cursor())) {
			return "the cursor was %s, and now is %s".formatted(before.cursor(), repeated.cursor());
		}
		return isSame(before.next(), repeated.next(), codec) ? null
				: "getNextScope named %s, and now %s".formatted(before.next(), repeated.next());
	}

	/** Compares scopes, since an adapter's own texts of equal scopes may differ. */
	private static boolean isSame(@Nullable String before, @Nullable String repeated, ValueCodec codec) {
		return Objects.equals(before, repeated)
				|| (before != null && repeated != null && codec.read(before).equals(codec.read(repeated)));
	}

}
