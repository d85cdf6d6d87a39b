package io.deltasync.run.lane;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

import io.deltasync.api.RunContext;
import io.deltasync.codec.ValueCodec;
import io.deltasync.link.Link;
import io.deltasync.run.ActiveRun;
import io.deltasync.run.BatchMemory;
import io.deltasync.run.deliver.OpenScope;
import io.deltasync.run.fetch.Fetch;
import io.deltasync.run.fetch.ScopeException;
import io.deltasync.run.fetch.ScopeOpener;
import io.deltasync.run.retry.CallAttempts;
import io.deltasync.run.retry.Messages;
import io.deltasync.run.retry.TransientFailures;
import io.deltasync.run.retry.UnavailableException;
import io.deltasync.run.verify.WholeScopes;
import io.deltasync.scope.RecordCounts;
import io.deltasync.scope.ScopePage;
import io.deltasync.scope.Strategy;
import org.jspecify.annotations.Nullable;

/**
 * One of the parallel workers of a run: claims pages, fetches their scopes one after the
 * other, fills batches across scopes and hands them to its {@link LaneWriter}. Progress
 * is stored only for delivered records; records that were delivered but not stored are
 * delivered again after a crash. Confined to one thread.
 */
final class Lane {

	/**
	 * The longest time between two deliveries of records from slow scopes, whose progress
	 * is then stored.
	 */
	private static final long HAND_OVER_NANOS = 1_000_000_000L;

	/** The first wait of a lane without work before it looks for new pages. */
	private static final Duration FIRST_POLL = Duration.ofMillis(5);

	private static final Duration LAST_POLL = Duration.ofSeconds(1);

	private final ActiveRun run;

	private final LanePages pages;

	private final ScopeOpener sources;

	/** Only IMMEDIATE chains, because only a single lane may add to the plan. */
	private final boolean chains;

	private final WholeScopes whole;

	private final LaneWriter writer;

	private final BatchMemory.Share memory;

	private Batch batch;

	private Duration poll = FIRST_POLL;

	private long lastHandOver = System.nanoTime();

	/**
	 * Creates a lane.
	 * @param run the run
	 * @param pages the pages that the lane claims
	 * @param sources opens the scopes of these pages
	 * @param strategy the strategy of the plan
	 * @param whole compares whole scopes
	 * @param writer delivers the lane's batches
	 * @param memory the memory that the lane may use for records
	 */
	Lane(ActiveRun run, LanePages pages, ScopeOpener sources, Strategy strategy, WholeScopes whole, LaneWriter writer,
			BatchMemory.Share memory) {
		this.run = run;
		this.pages = pages;
		this.sources = sources;
		this.chains = (strategy == Strategy.IMMEDIATE);
		this.whole = whole;
		this.writer = writer;
		this.memory = memory;
		this.batch = newBatch();
	}

	private Batch newBatch() {
		return new Batch(this.run.context().batchSizeLimit(), this.memory);
	}

	/**
	 * Works until no page is left or the run must end. It first processes the pages that
	 * the lane claimed before a restart, then unclaimed ones.
	 * @return the counts of the records that this lane delivered
	 * @throws Exception if the run cannot continue
	 */
	RecordCounts work() throws Exception {
		for (ScopePage page : this.pages.begin()) {
			fetchAll(page);
		}
		while (!this.run.ending().mustEnd()) {
			Optional<ScopePage> page = this.pages.claim();
			if (page.isPresent()) {
				this.poll = FIRST_POLL;
				fetchAll(page.get());
			}
			else if (!awaitPages()) {
				break;
			}
		}
		handOver();
		this.writer.await();
		return this.writer.delivered();
	}

	/** Returns false if no page is left and none will come. */
	private boolean awaitPages() throws Exception {
		LanePages.Next next = this.pages.next();
		if (next == LanePages.Next.WAIT) {
			handOver();
			this.run.timedWaits().pause(this.poll);
			this.writer.throwIfFailed();
			Duration longer = this.poll.multipliedBy(2);
			this.poll = (longer.compareTo(LAST_POLL) < 0) ? longer : LAST_POLL;
		}
		return next != LanePages.Next.END;
	}

	private void fetchAll(ScopePage page) throws Exception {
		for (int position = page.passed(); position < page.scopes().size()
				&& !this.run.ending().mustEnd(); position++) {
			OpenScope scope = new OpenScope(page, position);
			this.batch.begin(scope);
			OptionalLong same = this.whole.sameRecords(page.scopes().subList(position, page.scopes().size()));
			if (same.isPresent()) {
				this.batch.endSame(scope, same.getAsLong());
				handOverWhenDue();
				continue;
			}
			CallAttempts attempts = this.run.retries().begin("fetchRecords");
			for (boolean fetched = false; !fetched;) {
				RunContext callContext = new RunContext();
				fetched = callContext.call(() -> fetch(scope, callContext, attempts));
			}
		}
	}

	/**
	 * Fetches a scope.
	 * @return false if the scope must be fetched again. That is possible only if none of
	 * its records was handed over, because they would be counted twice
	 */
	private boolean fetch(OpenScope scope, RunContext callContext, CallAttempts attempts) throws Exception {
		boolean handedOver = false;
		boolean chained = false;
		try (Fetch fetch = this.sources.open(scope.entry())) {
			while (fetch.hasNext()) {
				this.batch.add(fetch.next(), scope);
				handedOver = true;
				if (handOverWhenDue() && this.run.ending().mustEnd()) {
					return true;
				}
			}
			if (this.run.ending().isBrokenOff()) {
				// an adapter may mistake an interrupted read for the end of its records
				return true;
			}
			String next = nextScope(fetch);
			chained = next != null;
			if (next != null) {
				this.batch.chain(next);
			}
			this.batch.end(() -> scope.end(callContext));
		}
		catch (ScopeException | UnavailableException ex) {
			if (this.run.ending().isBrokenOff()) {
				// the scope is incomplete and will be fetched again
				return true;
			}
			if (!handedOver && again(scope, attempts, ex)) {
				return false;
			}
			if (ex instanceof UnavailableException) {
				throw ex;
			}
			this.batch
				.end(() -> scope.fail("Link '%s': %s".formatted(this.run.link().name(), Messages.of(ex)), callContext));
		}
		if (chained) {
			handOver();
			this.writer.await();
		}
		else {
			handOverWhenDue();
		}
		return true;
	}

	/**
	 * Whether to fetch the scope again. Records of other scopes are delivered during the
	 * wait.
	 */
	private boolean again(OpenScope scope, CallAttempts attempts, RuntimeException failure) throws Exception {
		if (!this.sources.canRepeat(scope.entry()) || !TransientFailures.isTransient(failure)) {
			return false;
		}
		handOver();
		return attempts.again(failure);
	}

	private boolean handOverWhenDue() throws Exception {
		boolean due = this.batch.isFull() || System.nanoTime() - this.lastHandOver > HAND_OVER_NANOS;
		if (due) {
			handOver();
		}
		return due;
	}

	private void handOver() throws Exception {
		this.run.lease().checkLocally();
		if (!this.batch.isEmpty()) {
			this.writer.write(this.batch);
			this.batch = newBatch();
		}
		this.lastHandOver = System.nanoTime();
	}

	/** Returns the next scope of a chain, or null. */
	private @Nullable String nextScope(Fetch fetch) {
		Object next = this.chains ? fetch.nextScope() : null;
		return (next != null) ? new ValueCodec(fetch.adapter()).writeChecked(next) : null;
	}

}
