package io.deltasync.run;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import io.deltasync.api.LinkContext;
import io.deltasync.api.RunContext;
import io.deltasync.api.SourceAdapter;
import io.deltasync.api.SourceAdapterForPull;
import io.deltasync.reject.RejectingRun;
import io.deltasync.scope.RecordCounts;
import io.deltasync.scope.ScopeCodec;
import io.deltasync.scope.ScopeEntry;
import io.deltasync.scope.ScopePage;
import io.deltasync.scope.UnreadableScopeException;
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
	private static final Duration FIRST_POLL = Duration.ofMillis(20);

	private static final Duration LAST_POLL = Duration.ofSeconds(1);

	private final LiveRun run;

	private final long event;

	private final String name;

	private final Stores stores;

	private final LinkContext context;

	private final Locators locators;

	private final Delivery delivery;

	private final Settlement settlement;

	private final boolean chains;

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
	 */
	Lane(LiveRun run, RejectingRun rejecting, String name, Stores stores, Locators locators) {
		this.run = run;
		this.event = rejecting.event();
		this.name = name;
		this.stores = stores;
		this.locators = locators;
		this.context = run.context();
		this.delivery = Delivery.of(run.link(), this.context);
		this.settlement = new Settlement(run, rejecting, stores);
		this.batch = new Batch(this.context.batchSizeLimit());
		this.chains = stores.plan(this.event).strategy().equals("IMMEDIATE");
	}

	/**
	 * Works until there is no page left, or the run must end: first what it claimed
	 * before a restart, then what nobody has.
	 * @return the counts of what this lane delivered
	 * @throws Exception when the run cannot go on
	 */
	RecordCounts work() throws Exception {
		try (LaneWriter writer = new LaneWriter(this.run, this.event, this.name, this.stores, this.delivery,
				this.settlement)) {
			for (ScopePage page : takeUp()) {
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

	/** What a dead attempt had begun is begun again. */
	private List<ScopePage> takeUp() {
		return this.stores.transaction().execute((status) -> {
			List<ScopePage> own = this.stores.pages().unfinished(this.event, this.name);
			own.forEach((page) -> this.stores.rejects()
				.fetchedAgain(this.run.link().name(), this.event, page.scopes().get(page.passed()).ordinal()));
			return own;
		});
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
		if (!this.planned) {
			handOver(writer);
			this.run.pause(this.poll);
			Duration longer = this.poll.multipliedBy(2);
			this.poll = (longer.compareTo(LAST_POLL) < 0) ? longer : LAST_POLL;
		}
		return true;
	}

	private Optional<ScopePage> claim() {
		this.run.lease().check();
		if (!this.run.link().parallel() && !this.planned) {
			return Optional.empty();
		}
		return this.stores.transaction().execute((status) -> this.stores.pages().claim(this.event, this.name));
	}

	private void fetchAll(ScopePage page, LaneWriter writer) throws Exception {
		for (int position = page.passed(); position < page.scopes().size() && !this.run.mustEnd(); position++) {
			OpenScope scope = new OpenScope(page, position);
			this.batch.begin(scope);
			RunContext told = new RunContext();
			told.<@Nullable Void>call(() -> {
				fetch(scope, told, writer);
				return null;
			});
		}
	}

	private void fetch(OpenScope scope, RunContext told, LaneWriter writer) throws Exception {
		boolean chained = false;
		try (Fetch fetch = open(scope.entry())) {
			while (fetch.hasNext()) {
				this.batch.add(fetch.next(), scope);
				if (handOverWhenDue(writer) && this.run.mustEnd()) {
					return;
				}
			}
			String next = nextScope(fetch);
			chained = next != null;
			if (next != null) {
				this.batch.chain(next);
			}
			this.batch.end(() -> scope.end(told.cursor(), told.warnings()));
		}
		catch (ScopeException ex) {
			this.batch.end(() -> scope.fail(Messages.of(ex)));
		}
		if (chained) {
			handOver(writer);
			writer.await();
		}
		else {
			handOverWhenDue(writer);
		}
	}

	private boolean handOverWhenDue(LaneWriter writer) throws Exception {
		boolean due = this.batch.records().size() >= this.context.batchSizeLimit()
				|| System.nanoTime() - this.lastHandOver > HAND_OVER_NANOS;
		if (due) {
			handOver(writer);
		}
		return due;
	}

	private void handOver(LaneWriter writer) throws Exception {
		this.run.lease().check();
		if (!this.batch.isEmpty()) {
			writer.write(this.batch);
			this.batch = new Batch(this.context.batchSizeLimit());
		}
		this.lastHandOver = System.nanoTime();
	}

	/** Only after IMMEDIATE: one lane alone adds to the plan. */
	private @Nullable String nextScope(Fetch fetch) {
		Object next = this.chains ? fetch.nextScope() : null;
		return (next != null) ? new ScopeCodec(fetch.adapter()).writeChecked(next) : null;
	}

	private Fetch open(ScopeEntry entry) {
		SourceAdapter planner = (entry.text() == null) ? this.run.takePlanned() : null;
		SourceAdapter adapter = (planner != null) ? planner : this.run.link().newSource();
		String query = (entry.text() == null) ? this.stores.plan(this.event).locatorQuery() : null;
		if (query != null) {
			return Fetch.of(adapter, this.locators.run(this.run.link(), this.context, adapter, query));
		}
		return Fetch.of((SourceAdapterForPull) adapter, this.context,
				(entry.text() != null) ? read(adapter, entry.text()) : null);
	}

	private static Object read(SourceAdapter adapter, String text) {
		try {
			return new ScopeCodec(adapter).read(text);
		}
		catch (UnreadableScopeException ex) {
			throw new ScopeException(Messages.of(ex), ex);
		}
	}

}
