package io.deltasync.run.deliver;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

import io.deltasync.codec.ValueCodec;
import io.deltasync.delivered.DeliveredCounts;
import io.deltasync.delivered.DeliveryIndexTable;
import io.deltasync.delivered.MetRecords;
import io.deltasync.event.BlockedDeletes;
import io.deltasync.event.Outcome;
import io.deltasync.link.Link;
import io.deltasync.link.Link.Deletes;
import io.deltasync.reject.RejectingRun;
import io.deltasync.reject.Rejects;
import io.deltasync.run.ActiveRun;
import io.deltasync.run.ActiveRuns;
import io.deltasync.run.RunTransactions;
import io.deltasync.run.Steps;
import io.deltasync.run.Verdict;
import io.deltasync.run.retry.RunEndsException;
import io.deltasync.scope.EventCounts;
import io.deltasync.scope.Plans;
import io.deltasync.scope.ScopeProgress;
import io.deltasync.scope.Warnings;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;

/**
 * Deletes, marks or reports delivered records that a full run did not find in the source.
 * Does so only if everything else has succeeded, because records may be missing from an
 * incomplete read.
 */
public class DeletesTasklet implements Tasklet {

	private static final int MOST_KEYS = 10;

	private static final String BEFORE_END = "deletions were finished";

	private final ActiveRuns runs;

	private final Plans plans;

	private final ScopeProgress progress;

	private final EventCounts counts;

	private final Warnings warnings;

	private final DeliveryIndexTable delivered;

	private final MetRecords metRecords;

	private final TargetSessions sessions;

	private final RunTransactions transactions;

	private final BlockedDeletes blocked;

	private final Rejects rejects;

	public DeletesTasklet(ActiveRuns runs, Plans plans, ScopeProgress progress, EventCounts counts, Warnings warnings,
			DeliveryIndexTable delivered, MetRecords metRecords, BlockedDeletes blocked, Rejects rejects,
			TargetSessions sessions, RunTransactions transactions) {
		this.runs = runs;
		this.plans = plans;
		this.progress = progress;
		this.counts = counts;
		this.warnings = warnings;
		this.delivered = delivered;
		this.metRecords = metRecords;
		this.sessions = sessions;
		this.transactions = transactions;
		this.blocked = blocked;
		this.rejects = rejects;
	}

	@Override
	public @Nullable RepeatStatus execute(StepContribution contribution, ChunkContext chunkContext) {
		JobExecution execution = contribution.getStepExecution().getJobExecution();
		ActiveRun run = this.runs.of(execution);
		Steps.abortOnError(run, contribution, () -> Steps.connected(run, () -> {
			if (!run.isTesting() && run.meetsEverything()) {
				if (run.ending().mustEnd()) {
					run.ending().addUnfinished(BEFORE_END);
				}
				else {
					handleMissing(run, execution);
				}
			}
		}));
		return RepeatStatus.FINISHED;
	}

	private void handleMissing(ActiveRun run, JobExecution execution) throws Exception {
		Link link = run.link();
		String target = link.identity().targetId();
		long event = execution.getJobInstanceId();
		run.lease().checkLocally();
		Optional<DeliveredCounts> counts = this.transactions.call(() -> isSuccessful(event)
				? Optional.of(this.metRecords.count(link.name(), target, event)) : Optional.empty());
		if (counts.isEmpty()) {
			return;
		}
		if (counts.get().unseen() == 0) {
			resolve(run);
			return;
		}
		if (this.transactions.call(() -> this.rejects.hasWithoutKey(link.name(), event))) {
			warn(event,
					"Nothing was deleted: records without a key were acknowledged or are in quarantine, and they may be any of "
							+ "the delivered ones. Correct them at the source");
			return;
		}
		RejectingRun rejecting = run.rejecting(execution);
		try (TargetSession session = this.sessions.openForDeletions(run, rejecting)) {
			handleMissing(run, execution, new Deletion(run, rejecting, session, this.counts, this.warnings,
					this.delivered, this.metRecords, this.transactions));
		}
	}

	private void handleMissing(ActiveRun run, JobExecution execution, Deletion deletion) throws Exception {
		Link link = run.link();
		String target = link.identity().targetId();
		long event = execution.getJobInstanceId();
		if (!deletion.forgetMet()) {
			run.ending().addUnfinished(BEFORE_END);
			return;
		}
		DeliveredCounts counts = this.transactions.call(() -> this.metRecords.count(link.name(), target, event));
		if (counts.unseen() == 0) {
			resolve(run);
			return;
		}
		if (link.deletes() == Deletes.REPORT) {
			resolve(run);
			warn(event, "%s. Nothing was deleted: deletes is report".formatted(describe(link, target, event, counts)));
		}
		else if (counts.exceeds(link.maxDeleteShare()) && !run.parameters().force()) {
			this.transactions.holding(run.lease(),
					() -> this.blocked.block(link.name(), event, counts.unseen(), this.transactions.clock().instant()));
			run.ending()
				.addObjection(
						("Link '%s': %s. That is more than max-delete-share allows (%s %%), so nothing was deleted; check "
								+ "whether the source is complete. 'run %s --full --force' deletes them anyway")
							.formatted(link.name(), describe(link, target, event, counts), share(link.maxDeleteShare()),
									link.name()));
		}
		else {
			delete(run, execution, deletion, counts);
		}
	}

	private void resolve(ActiveRun run) {
		this.transactions.holding(run.lease(), () -> this.blocked.resolve(run.link().name()));
	}

	private boolean isSuccessful(long event) {
		this.counts.deleteAgain(event);
		Verdict verdict = Verdict.of(List.of(), this.plans.find(event), this.progress.find(event));
		return verdict.outcome() == Outcome.COMPLETED;
	}

	private void delete(ActiveRun run, JobExecution execution, Deletion deletion, DeliveredCounts counts)
			throws Exception {
		long deleting = counts.deletable();
		if (deleting < counts.unseen()) {
			warn(execution.getJobInstanceId(),
					("%d records that the source no longer has cannot be deleted: their keys "
							+ "did not go to the target, or the target cannot compare them. Map "
							+ "the source's key to the target, and use a target key of exact numbers, texts or times")
						.formatted(counts.unseen() - deleting));
		}
		boolean deletedAll;
		try {
			deletedAll = deletion.deleteAll();
		}
		catch (RunEndsException ex) {
			deletedAll = false;
		}
		if (deletedAll) {
			resolve(run);
		}
		else {
			run.ending().addUnfinished(BEFORE_END);
		}
	}

	private String describe(Link link, String target, long event, DeliveredCounts counts) {
		ValueCodec codec = ValueCodec.ofProperties(link.sourceType());
		String keys = this.transactions.call(() -> this.metRecords.unseen(link.name(), target, event, "", MOST_KEYS))
			.stream()
			.map((unseen) -> String.valueOf(link.mask().key(Deletion.sourceKey(unseen, codec))))
			.collect(Collectors.joining("; "));
		return "the source no longer has %d of %d delivered records (%s %%), among them: %s".formatted(counts.unseen(),
				counts.all(), share(counts.unseen() * 100.0 / counts.all()), keys);
	}

	private void warn(long event, String message) {
		this.transactions.run(() -> this.warnings.setDeletes(event, message));
	}

	private static String share(double percent) {
		return String.format(Locale.ROOT, (percent == Math.rint(percent)) ? "%.0f" : "%.2f", percent);
	}

}
