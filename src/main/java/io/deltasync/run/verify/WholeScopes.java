package io.deltasync.run.verify;

import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;

import io.deltasync.api.RunContext;
import io.deltasync.api.SourceAdapterForVerify;
import io.deltasync.api.TargetAdapterForVerify;
import io.deltasync.codec.ValueCodec;
import io.deltasync.link.Link;
import io.deltasync.run.ActiveRun;
import io.deltasync.run.retry.Instances;
import io.deltasync.scope.ScopeEntry;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares whole scopes at once where source and target can do that, so that only scopes
 * with differences cost the making of records. Not thread-safe; each lane has its own.
 */
public final class WholeScopes implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(WholeScopes.class);

	private static final List<OptionalLong> NO_RESULT = List.of(OptionalLong.empty());

	private final ActiveRun run;

	private final @Nullable TargetAdapterForVerify target;

	/** The names of the properties at both sides; null until they are needed. */
	private @Nullable Map<String, String> names;

	/** The results of scopes that were compared ahead, by their ordinals. */
	private final Map<Long, OptionalLong> known = new HashMap<>();

	private final ScopesTogether together = new ScopesTogether();

	private WholeScopes(ActiveRun run, @Nullable TargetAdapterForVerify target) {
		this.run = run;
		this.target = target;
	}

	/**
	 * Prepares a lane.
	 * @param run a run of any mode
	 * @return compares the scopes of a verification, and none of other runs
	 */
	public static WholeScopes of(ActiveRun run) {
		Link link = run.link();
		boolean possible = run.parameters().isVerification() && link.filters().isEmpty() && !run.hasWaitingRejects()
				&& run.parameters().verification().rate() == null
				&& SourceAdapterForVerify.class.isAssignableFrom(link.sourceType());
		return new WholeScopes(run, possible ? (TargetAdapterForVerify) link.newTarget() : null);
	}

	/**
	 * Compares a scope, and often some of those that follow it, whose results are then
	 * known.
	 * @param scopes the scope, and those of its page that follow it
	 * @return how many records the first of them has, if the target holds them all; empty
	 * if they must be compared one by one
	 */
	public OptionalLong sameRecords(List<ScopeEntry> scopes) {
		ScopeEntry first = scopes.get(0);
		if (this.target == null || first.text() == null) {
			return OptionalLong.empty();
		}
		OptionalLong known = this.known.remove(first.ordinal());
		if (known != null) {
			return known;
		}
		int number = this.together.next();
		return (number > 0) ? compare(this.target, scopes.subList(0, Math.min(number, scopes.size())))
				: OptionalLong.empty();
	}

	private OptionalLong compare(TargetAdapterForVerify compared, List<ScopeEntry> scopes) {
		long start = System.nanoTime();
		List<OptionalLong> results = ask(compared, scopes);
		this.together.take(scopes.size(), results, System.nanoTime() - start);
		for (int i = 1; i < results.size(); i++) {
			this.known.put(scopes.get(i).ordinal(), results.get(i));
		}
		return results.get(0);
	}

	private List<OptionalLong> ask(TargetAdapterForVerify compared, List<ScopeEntry> scopes) {
		try {
			List<OptionalLong> results = new RunContext()
				.call(() -> Instances.use((SourceAdapterForVerify) this.run.link().newSource(), (source) -> {
					Map<String, String> properties = names(source);
					ValueCodec codec = new ValueCodec(source);
					return properties.isEmpty() ? NO_RESULT : source.sameRecords(this.run.context(),
							scopes.stream().map((scope) -> codec.read(Objects.requireNonNull(scope.text()))).toList(),
							compared, properties);
				}));
			return (results.isEmpty() || results.size() > scopes.size()) ? NO_RESULT : results;
		}
		catch (Exception ex) {
			logger.debug("Link '{}': the scope {} cannot be compared as a whole", this.run.link().name(),
					scopes.get(0).text(), ex);
			return NO_RESULT;
		}
	}

	private Map<String, String> names(SourceAdapterForVerify source) throws Exception {
		if (this.names == null) {
			List<String> given = source.propertyNames(this.run.context());
			Map<String, String> renames = this.run.link().mapping().renames(given);
			this.names = (renames != null) ? renames : Collections.emptyMap();
		}
		return this.names;
	}

	/** Closes the target. */
	@Override
	public void close() {
		if (this.target != null) {
			Instances.close(List.of(this.target));
		}
	}

}
