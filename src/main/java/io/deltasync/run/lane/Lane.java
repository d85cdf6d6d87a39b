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
import org.jspecify.annotations.Nullable;

/**
 * One of the parallel workers of a run: claims pages, fetches their scopes one after the
 * other, fills batches across scopes and hands them to its {@link LaneWriter}. So what is
 * stored was delivered; what was delivered and not stored is delivered again after a
 * crash. One thread's.
 */
final class Lane {

	/**
	 * Records of slow scopes are delivered, and their progress stored, at least this
	 * often.
	 */
	private static final long HAND_OVER_NANOS = 1_000_000_000L;

	/** How long a lane without work waits before it looks for new pages, at first. */
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

	private final RejectUpdater settlement;

	private final boolean chains;

	private final BatchMemory.Share memory;

	private Batch batch;

	private boolean planned;

	private Duration poll = FIRST_POLL;

	private long lastHandOver = System.nanoTime();

	/**
	 * Makes a lane with a target instance of its own.
	 * @param run the run
	 * @param rejecting what the run is to its rejects
	 * @param name the lane's name, the same after a restart
	 * @param stores where progress is stored
	 * @param locators what runs the query of LOCATOR
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
		this.chains = plan.strategy().equals("IMMEDIATE");
		this.sources = new ScopeOpener(run, this.context, plan, locators);
		// the last, as their instances must be closed
		this.delivered = new DeliveryIndex(run, this.event, true, stores);
		this.settlement = new RejectUpdater(run, rejecting, stores, this.delivered);
		this.delivery = Delivery.of(run, this.settlement);
	}

	/**
	 * Works until there is no page left, or the run must end: first what it claimed
	 * before a restart, then what nobody has.
	 * @return the counts of what this lane delivered
	 * @throws Exception when the run cannot go on
	 */
	RecordCounts work() throws Exception {
		try {
			return workAll();
		}
		finally {
			this.stores.heard(this.run.lease(), this.event, this.delivery.close());
		}
	}

	private RecordCounts workAll() throws Exception {
		try (LaneWriter writer = new LaneWriter(this.run, this.event, this.holder, this.stores, this.delivery,
				this.delivered, this.settlement)) {
			for (ScopePage page : begin()) {
				fetchAll(page, writer);
			}
			while (!this.run.mustEnd()) {
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
	 * What a dead attempt had begun is begun again; else the first page is claimed at
	 * once, as all lanes begin together and transactions keep them waiting.
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

	/** Whether what a dead attempt stored about its scopes is not all deleted yet. */
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
	 * Waits while there may be more pages: to be planned, or that others are just about
	 * to claim.
	 * @return false when there are none left and none to come
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
			this.run.pause(this.poll);
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
		for (int position = page.passed(); position < page.scopes().size() && !this.run.mustEnd(); position++) {
			OpenScope scope = new OpenScope(page, position);
			this.batch.begin(scope);
			CallAttempts attempts = this.run.retries().begin("fetchRecords");
			for (boolean fetched = false; !fetched;) {
				RunContext told = new RunContext();
				fetched = told.call(() -> fetch(scope, told, attempts, writer));
			}
		}
	}

	/**
	 * Fetches a scope.
	 * @return false when it is to be fetched again, because nothing of it was handed on:
	 * what was would be counted twice
	 */
	private boolean fetch(OpenScope scope, RunContext told, CallAttempts attempts, LaneWriter writer) throws Exception {
		boolean handedOn = false;
		boolean chained = false;
		try (Fetch fetch = this.sources.open(scope.entry())) {
			while (fetch.hasNext()) {
				this.batch.add(fetch.next(), scope);
				handedOn = true;
				if (handOverWhenDue(writer) && this.run.mustEnd()) {
					return true;
				}
			}
			if (this.run.isBrokenOff()) {
				// an adapter may take a read that was broken off for the end of its
				// records
				return true;
			}
			String next = nextScope(fetch);
			chained = next != null;
			if (next != null) {
				this.batch.chain(next);
			}
			this.batch.end(() -> scope.end(told));
		}
		catch (ScopeException | UnavailableException ex) {
			if (this.run.isBrokenOff()) {
				// the scope has not been fetched to its end, so that it is fetched again
				return true;
			}
			if (!handedOn && again(scope, attempts, ex, writer)) {
				return false;
			}
			if (ex instanceof UnavailableException) {
				throw ex;
			}
			this.batch.end(() -> scope.fail("Link '%s': %s".formatted(this.run.link().name(), Messages.of(ex)), told));
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

	/** What other scopes gave is delivered while this one waits. */
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

	/** Only after IMMEDIATE: one lane alone adds to the plan. */
	private @Nullable String nextScope(Fetch fetch) {
		Object next = this.chains ? fetch.nextScope() : null;
		return (next != null) ? new ValueCodec(fetch.adapter()).writeChecked(next) : null;
	}

}
