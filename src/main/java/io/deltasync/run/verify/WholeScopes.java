package io.deltasync.run.verify;

import java.util.Collections;
import java.util.List;
import java.util.Map;
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

	/** How many scopes are left out at most after one that differs. */
	private static final int MOST_LEFT_OUT = 64;

	private final ActiveRun run;

	private final @Nullable TargetAdapterForVerify target;

	/** The names of the properties at both sides; null until they are needed. */
	private @Nullable Map<String, String> names;

	private int leaveOut;

	private int left;

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
	 * Compares a scope.
	 * @param scope the scope
	 * @return how many records it has, if the target holds them all; empty if they must
	 * be compared one by one
	 */
	public OptionalLong sameRecords(ScopeEntry scope) {
		if (this.target == null || scope.text() == null || this.left-- > 0) {
			return OptionalLong.empty();
		}
		OptionalLong same = ask(this.target, scope.text());
		this.leaveOut = same.isPresent() ? 0 : Math.min(MOST_LEFT_OUT, this.leaveOut * 2 + 1);
		this.left = this.leaveOut;
		return same;
	}

	private OptionalLong ask(TargetAdapterForVerify compared, String scope) {
		try {
			return new RunContext()
				.call(() -> Instances.use((SourceAdapterForVerify) this.run.link().newSource(), (source) -> {
					Map<String, String> properties = names(source);
					return properties.isEmpty() ? OptionalLong.empty() : source.sameRecords(this.run.context(),
							new ValueCodec(source).read(scope), compared, properties);
				}));
		}
		catch (Exception ex) {
			logger.debug("Link '{}': the scope {} cannot be compared as a whole", this.run.link().name(), scope, ex);
			return OptionalLong.empty();
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
