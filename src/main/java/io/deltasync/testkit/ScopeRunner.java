package io.deltasync.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import io.deltasync.api.SourceAdapter;

/**
 * Fetches the scopes as a run with one lane does: in order, each on a new instance, and
 * chained scopes after all others.
 */
final class ScopeRunner {

	private final Instances<SourceAdapter> instances;

	private final ScopeFetch fetch;

	private final int rounds;

	ScopeRunner(Instances<SourceAdapter> instances, ScopeFetch fetch, int rounds) {
		this.instances = instances;
		this.fetch = fetch;
		this.rounds = rounds;
	}

	List<FetchedScope> fetch(Planned planned) {
		List<Planned.Handed> scopes = new ArrayList<>(planned.scopes());
		List<FetchedScope> fetched = new ArrayList<>();
		for (int ordinal = 0; ordinal < scopes.size(); ordinal++) {
			Planned.Handed handed = scopes.get(ordinal);
			boolean fetchedByPlanner = handed.text() == null;
			SourceAdapter adapter = fetchedByPlanner ? Objects.requireNonNull(handed.by()) : this.instances.fresh();
			FetchedScope scope = this.fetch.fetch(adapter, handed,
					fetchedByPlanner && planned.plan().locatorQuery() != null);
			fetched.add(scope);
			if (scope.next() != null) {
				requireEnd(adapter, scopes.size() - planned.scopes().size(), scope);
				scopes.add(new Planned.Handed(scope.next(), null));
			}
		}
		return fetched;
	}

	private void requireEnd(SourceAdapter adapter, int chained, FetchedScope last) {
		if (chained >= this.rounds) {
			throw new AssertionError(
					("the chain has not ended after %,d scopes: getNextScope of source adapter %s still names another "
							+ "after scope %s; return null after the last, or allow more rounds(…)")
						.formatted(chained, adapter.getClass().getName(), last.excerpt()));
		}
	}

}
