package io.deltasync.run.job;

import java.util.List;

import io.deltasync.api.LinkContext;
import io.deltasync.api.RunContext;
import io.deltasync.api.SourceAdapter;
import io.deltasync.api.SourceAdapterForAcknowledge;
import io.deltasync.event.Outcome;
import io.deltasync.event.OwedSuccesses;
import io.deltasync.event.SyncEvents;
import io.deltasync.link.Link;
import io.deltasync.run.ActiveRun;
import io.deltasync.run.LinkContexts;
import io.deltasync.run.RunTransactions;
import io.deltasync.run.plan.FetchedScopes;
import io.deltasync.run.retry.Instances;
import io.deltasync.run.retry.Messages;
import io.deltasync.scope.ScopePages;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobExecution;

/**
 * Acknowledges successful runs to sources that ask for it. The pending acknowledgement is
 * stored together with the success, so it survives a crash. Thread-safe.
 */
public final class Acknowledgements {

	/** The highest number of earlier successes that are acknowledged after one run. */
	private static final int MOST = 20;

	private static final Logger logger = LoggerFactory.getLogger(Acknowledgements.class);

	private final SyncEvents events;

	private final OwedSuccesses owed;

	private final ScopePages pages;

	private final RunTransactions transactions;

	public Acknowledgements(SyncEvents events, OwedSuccesses owed, ScopePages pages, RunTransactions transactions) {
		this.events = events;
		this.owed = owed;
		this.pages = pages;
		this.transactions = transactions;
	}

	/**
	 * Whether the success that is being stored must be acknowledged to the source of the
	 * run.
	 */
	static boolean isOwed(ActiveRun run, JobExecution execution) {
		return isSuccess(run, execution) && SourceAdapterForAcknowledge.class.isAssignableFrom(run.link().sourceType());
	}

	/** Whether a success is being stored that moves the window. */
	static boolean isSuccess(ActiveRun run, JobExecution execution) {
		return execution.getStatus() == BatchStatus.COMPLETED
				&& Outcome.COMPLETED.name().equals(execution.getExitStatus().getExitCode()) && !run.isTesting()
				&& run.parameters().mode().movesWindow();
	}

	/**
	 * Acknowledges the success of a run to its source, and earlier successes that could
	 * not be acknowledged. Never throws, because the run has been successful.
	 * @param run the run, which still holds its Link
	 * @param execution the run's execution, whose end is stored
	 */
	public void send(ActiveRun run, JobExecution execution) {
		if (!isOwed(run, execution)) {
			return;
		}
		try {
			List<Long> owed = this.owed.find(run.link().name(), MOST);
			for (long event : owed) {
				send(run, event);
			}
			long own = execution.getJobInstanceId();
			if (!owed.contains(own)) {
				// the earlier ones may keep failing
				send(run, own);
			}
		}
		catch (RuntimeException ex) {
			logger.warn(
					"Link '{}': successes could not be acknowledged to the source; DeltaSync tries again after the next successful run: {}",
					run.link().name(), Messages.of(ex));
		}
	}

	private void send(ActiveRun run, long event) {
		LinkContext context = this.events.parameters(event)
			.map((parameters) -> LinkContexts.of(run.link(), parameters))
			.orElse(null);
		run.lease().checkLocally();
		String problem = (context != null) ? call(run, context, event) : null;
		if (problem != null) {
			logger.warn("Link '{}': event {} was successful, but runSucceeded of its source failed: {}",
					run.link().name(), event, problem);
		}
		this.transactions.holding(run.lease(), () -> {
			if (problem == null) {
				this.owed.paid(event);
			}
			else {
				this.owed.failed(event, problem);
			}
		});
	}

	private @Nullable String call(ActiveRun run, LinkContext context, long event) {
		SourceAdapter source = run.link().newSource();
		// what was pushed is no scope of the adapter
		Iterable<Object> scopes = run.link().takesPushes() ? List.of()
				: new FetchedScopes(event, source, this.pages, this.transactions);
		RunContext callContext = new RunContext();
		try {
			callContext.<@Nullable Void>call(() -> Instances.<SourceAdapter, @Nullable Void>use(source, (adapter) -> {
				((SourceAdapterForAcknowledge) adapter).runSucceeded(context, scopes);
				return null;
			}));
			callContext.warnings().forEach((warning) -> logger.warn("Link '{}': {}", context.linkName(), warning));
			return null;
		}
		catch (Exception ex) {
			return Messages.of(ex);
		}
	}

}
