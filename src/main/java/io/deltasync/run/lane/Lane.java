package io.deltasync.run.lane;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.deltasync.api.LinkContext;
import io.deltasync.api.RunContext;
import io.deltasync.codec.ValueCodec;
import io.deltasync.reject.RejectingRun;
import io.deltasync.run.ActiveRun;
import io.deltasync.run.BatchMemory;
import io.deltasync.run.RunStorage;
import io.deltasync.run.deliver.Delivery;
import io.deltasync.run.deliver.DeliveryIndex;
import io.deltasync.run.deliver.OpenScope;
import io.deltasync.run.deliver.RejectUpdater;
import io.deltasync.run.fetch.Fetch;
import io.deltasync.run.fetch.LocatorQueries;
import io.deltasync.run.fetch.ScopeException;
import io.deltasync.run.fetch.ScopeOpener;
import io.deltasync.run.retry.CallAttempts;
import io.deltasync.run.retry.Messages;
import io.deltasync.run.retry.TransientFailures;
import io.deltasync.run.retry.UnavailableException;
import io.deltasync.scope.LaneHolder;
import io.deltasync.scope.Plan;
import io.deltasync.scope.RecordCounts;
import io.deltasync.scope.ScopePage;
import io.deltasync.scope.Scopes;
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

	private final long event;

	private final LaneHolder holder;

	private final RunStorage stores;

	private final LinkContext context;

	private final ScopeOpener sources;

	private final Delivery delivery;

	private final DeliveryIndex delivered;

	private final RejectUpdater rejectUpdater;

	private final boolean chains;

	private final BatchMemory.Share memory;

	private Batch batch;

	private boolean planned;

	private Duration poll = FIRST_POLL;

	private long lastHandOver = System.nanoTime();

	/**
	 * Creates a lane with its own instance of the target.
	 * @param run the run
	 * @param rejecting the run as the reject tables identify it
	 * @param name the lane's name, the same after a restart
	 * @param stores the stores of the run's state
	 * @param locators runs LOCATOR queries
	 * @param memory the memory that the lane may use for records
	 */
	Lane(ActiveRun run, RejectingRun rejecting, String name, RunStorage stores, LocatorQueries locators,
			BatchMemory.Share memory) {
		this.run = run;
		this.event = rejecting.event();
		this.holder = new LaneHolder(name, run.lease().token());
		this.stores = stores;
		this.context = run.context();
		this.memory = memory;
		this.batch = new Batch(this.context.batchSizeLimit(), memory);
		Plan plan = stores.plan(this.event);
		this.chains = (plan.strategy() == Strategy.IMMEDIATE);
		this.sources = new ScopeOpener(run, this.context, plan, locators);
		// created last, because their instances must be closed
		this.delivered = new DeliveryIndex(run, this.event, true, stores);
		this.rejectUpdater = new RejectUpdater(run, rejecting, stores, this.delivered);
		this.delivery = Delivery.of(run, this.rejectUpdater);
	}

	/**
	 * Works until no page is left or the run must end. It first processes the pages that
	 * the lane claimed before a restart, then unclaimed ones.
	 * @return the counts of the records that this lane delivered
	 * @throws Exception if the run cannot continue
	 */
	RecordCounts work() throws Exception {
		try {
			return workAll();
		}
		finally {
			this.stores.addWarnings(this.run.lease(), this.event, this.delivery.close());
		}
	}

	private RecordCounts workAll() throws Exception {
		try (LaneWriter writer = new LaneWriter(this.run, this.event, this.holder, this.stores, this.delivery,
				this.delivered, this.rejectUpdater)) {
			for (ScopePage page : begin()) {
				fetchAll(page, writer);
			}
			while (!this.run.ending().mustEnd()) {
				Optional<ScopePage> page = claim();
				if (page.isPresent()) {
					this.poll = FIRST_POLL;
					fetchAll(page.get(), writer);
				}
				else if (!awaitPages(writer)) {
					break;
				}
			}
			handOver(writer);
			writer.await();
			return writer.delivered();
		}
	}

	/**
	 * Starts again with the pages of a crashed attempt. Without such pages, claims the
	 * first page in the same transaction, because all lanes start together and wait for
	 * each other's transactions.
	 */
	private List<ScopePage> begin() {
		boolean more = true;
		List<ScopePage> pages = List.of();
		while (more) {
			List<ScopePage> own = new ArrayList<>();
			more = Boolean.TRUE.equals(this.stores.transaction().execute((status) -> {
				own.clear();
				return beginSome(own);
			}));
			pages = own;
		}
		return pages;
	}

	/** Whether data that a crashed attempt stored about its scopes is left to delete. */
	private boolean beginSome(List<ScopePage> pages) {
		this.run.lease().verify();
		pages.addAll(this.stores.pages().takeOver(this.event, this.holder));
		if (pages.isEmpty() && mayClaim()) {
			this.stores.pages().claim(this.event, this.holder).ifPresent(pages::add);
			return false;
		}
		return this.stores.forgetSome(this.run.link().name(), this.event,
				new Scopes(pages.stream().map((page) -> page.scopes().get(page.passed()).ordinal()).toList()));
	}

	/**
	 * Waits while more pages may come: because planning continues, or because others are
	 * about to claim pages.
	 * @return false if no page is left and none will come
	 */
	private boolean awaitPages(LaneWriter writer) throws Exception {
		boolean wasPlanned = this.planned;
		this.planned = this.planned || this.stores.plan(this.event).finished();
		if (wasPlanned && !Boolean.TRUE
			.equals(this.stores.transaction().execute((status) -> this.stores.pages().hasUnclaimed(this.event)))) {
			return false;
		}
		if (wasPlanned == this.planned) {
			handOver(writer);
			this.run.pauses().pause(this.poll);
			writer.throwIfFailed();
			Duration longer = this.poll.multipliedBy(2);
			this.poll = (longer.compareTo(LAST_POLL) < 0) ? longer : LAST_POLL;
		}
		return true;
	}

	private Optional<ScopePage> claim() {
		this.run.lease().checkLocally();
		if (!mayClaim()) {
			return Optional.empty();
		}
		return this.stores.transaction().execute((status) -> {
			this.run.lease().verify();
			return this.stores.pages().claim(this.event, this.holder);
		});
	}

	private boolean mayClaim() {
		return this.planned || this.run.link().parallel();
	}

	private void fetchAll(ScopePage page, LaneWriter writer) throws Exception {
		for (int position = page.passed(); position < page.scopes().size()
				&& !this.run.ending().mustEnd(); position++) {
			OpenScope scope = new OpenScope(page, position);
			this.batch.begin(scope);
			CallAttempts attempts = this.run.retries().begin("fetchRecords");
			for (boolean fetched = false; !fetched;) {
				RunContext callContext = new RunContext();
				fetched = callContext.call(() -> fetch(scope, callContext, attempts, writer));
			}
		}
	}

	/**
	 * Fetches a scope.
	 * @return false if the scope must be fetched again. That is possible only if none of
	 * its records was handed over, because they would be counted twice
	 */
	private boolean fetch(OpenScope scope, RunContext callContext, CallAttempts attempts, LaneWriter writer)
			throws Exception {
		boolean handedOver = false;
		boolean chained = false;
		try (Fetch fetch = this.sources.open(scope.entry())) {
			while (fetch.hasNext()) {
				this.batch.add(fetch.next(), scope);
				handedOver = true;
				if (handOverWhenDue(writer) && this.run.ending().mustEnd()) {
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
			if (!handedOver && again(scope, attempts, ex, writer)) {
				return false;
			}
			if (ex instanceof UnavailableException) {
				throw ex;
			}
			this.batch
				.end(() -> scope.fail("Link '%s': %s".formatted(this.run.link().name(), Messages.of(ex)), callContext));
		}
		if (chained) {
			handOver(writer);
			writer.await();
		}
		else {
			handOverWhenDue(writer);
		}
		return true;
	}

	/**
	 * Whether to fetch the scope again. Records of other scopes are delivered during the
	 * wait.
	 */
	private boolean again(OpenScope scope, CallAttempts attempts, RuntimeException failure, LaneWriter writer)
			throws Exception {
		if (!this.sources.canRepeat(scope.entry()) || !TransientFailures.isTransient(failure)) {
			return false;
		}
		handOver(writer);
		return attempts.again(failure);
	}

	private boolean handOverWhenDue(LaneWriter writer) throws Exception {
		boolean due = this.batch.isFull() || System.nanoTime() - this.lastHandOver > HAND_OVER_NANOS;
		if (due) {
			handOver(writer);
		}
		return due;
	}

	private void handOver(LaneWriter writer) throws Exception {
		this.run.lease().checkLocally();
		if (!this.batch.isEmpty()) {
			writer.write(this.batch);
			this.batch = new Batch(this.context.batchSizeLimit(), this.memory);
		}
		this.lastHandOver = System.nanoTime();
	}

	/**
	 * Returns the next scope of a chain. Only IMMEDIATE chains, because only a single
	 * lane may add to the plan.
	 */
	private @Nullable String nextScope(Fetch fetch) {
		Object next = this.chains ? fetch.nextScope() : null;
		return (next != null) ? new ValueCodec(fetch.adapter()).writeChecked(next) : null;
	}

}
