package io.deltasync.run;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.deltasync.api.LinkContext;
import io.deltasync.api.RunContext;
import io.deltasync.api.SourceAdapter;
import io.deltasync.api.SourceAdapterForPull;
import io.deltasync.api.TargetAdapter;
import io.deltasync.reject.Reject;
import io.deltasync.scope.PageProgress;
import io.deltasync.scope.Plan;
import io.deltasync.scope.RecordCounts;
import io.deltasync.scope.ScopeCodec;
import io.deltasync.scope.ScopeEntry;
import io.deltasync.scope.ScopePage;
import io.deltasync.scope.UnreadableScopeException;
import org.jspecify.annotations.Nullable;

/**
 * One of the parallel workers of a run: claims pages, fetches their scopes one after the
 * other, fills batches across scopes, delivers them, and stores its progress after each
 * delivery. So what is stored was delivered; what was delivered and not stored is
 * delivered again after a crash. One thread's.
 */
final class Lane {

	/**
	 * Records of slow scopes are delivered, and their progress stored, at least this
	 * often.
	 */
	private static final long FLUSH_NANOS = 1_000_000_000L;

	/** How often a lane without work looks for pages that are planned meanwhile. */
	private static final Duration POLL = Duration.ofMillis(100);

	private final LiveRun run;

	private final long event;

	private final String name;

	private final Stores stores;

	private final LinkContext context;

	private final Locators locators;

	private final Delivery delivery;

	private final List<InFlight> batch;

	private final List<OpenScope> unstored = new ArrayList<>();

	private final boolean chains;

	private boolean planned;

	private long lastFlush = System.nanoTime();

	private RecordCounts delivered = RecordCounts.NONE;

	/**
	 * What a chaining adapter named last, as text; stored with the scope that named it.
	 */
	private @Nullable String chained;

	/**
	 * Makes a lane with a target instance of its own.
	 * @param run the run
	 * @param event the Sync Event
	 * @param name the lane's name, the same after a restart
	 * @param stores where progress is stored
	 * @param locators what runs the query of LOCATOR
	 * @throws Exception when the target is not there
	 */
	Lane(LiveRun run, long event, String name, Stores stores, Locators locators) throws Exception {
		this.run = run;
		this.event = event;
		this.name = name;
		this.stores = stores;
		this.locators = locators;
		TargetAdapter target = run.link().newTarget();
		run.limitBatchSize(target.getBatchSizeLimit(run.context()));
		this.context = run.context();
		this.delivery = new Delivery(this.context, run.link().mapping()::apply, target);
		this.batch = new ArrayList<>(this.context.batchSizeLimit());
		this.chains = stores.plan(event).strategy().equals("IMMEDIATE");
	}

	/**
	 * Works until there is no page left, or the run must end: first what it claimed
	 * before a restart, then what nobody has.
	 * @return the counts of what this lane delivered
	 * @throws Exception when the run cannot go on
	 */
	RecordCounts work() throws Exception {
		for (ScopePage page : takeUp()) {
			fetchAll(page);
		}
		while (!this.run.mustEnd()) {
			Optional<ScopePage> page = claim();
			if (page.isPresent()) {
				fetchAll(page.get());
			}
			else if (!awaitPages()) {
				break;
			}
		}
		flush();
		return this.delivered;
	}

	/** What a dead attempt had begun is begun again, without its rejects. */
	private List<ScopePage> takeUp() {
		return this.stores.transaction().execute((status) -> {
			List<ScopePage> own = this.stores.pages().unfinished(this.event, this.name);
			own.forEach((page) -> this.stores.rejects()
				.removeOfScope(this.event, page.scopes().get(page.passed()).ordinal()));
			return own;
		});
	}

	/**
	 * Waits while there may be more pages: to be planned, or that others are just about
	 * to claim.
	 * @return false when there are none left and none to come
	 */
	private boolean awaitPages() throws Exception {
		boolean wasPlanned = this.planned;
		this.planned = this.planned || this.stores.plan(this.event).finished();
		if (wasPlanned && !Boolean.TRUE
			.equals(this.stores.transaction().execute((status) -> this.stores.pages().hasUnclaimed(this.event)))) {
			return false;
		}
		if (!this.planned) {
			flush();
			this.run.pause(POLL);
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

	private void fetchAll(ScopePage page) throws Exception {
		for (int position = page.passed(); position < page.scopes().size() && !this.run.mustEnd(); position++) {
			OpenScope scope = new OpenScope(page, position);
			this.unstored.add(scope);
			RunContext told = new RunContext();
			told.<@Nullable Void>call(() -> {
				fetch(scope, told);
				return null;
			});
			if (System.nanoTime() - this.lastFlush > FLUSH_NANOS) {
				flush();
			}
		}
	}

	private void fetch(OpenScope scope, RunContext told) throws Exception {
		try (Fetch fetch = open(scope.entry())) {
			while (fetch.hasNext()) {
				this.batch.add(new InFlight(fetch.next(), scope));
				if (this.batch.size() == this.context.batchSizeLimit()) {
					flush();
					if (this.run.mustEnd()) {
						return;
					}
				}
			}
			this.chained = nextScope(fetch);
			scope.end(told.cursor(), told.warnings());
		}
		catch (ScopeException ex) {
			scope.fail(Messages.of(ex));
		}
		if (this.chained != null) {
			flush();
		}
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

	/** Delivers what was fetched, and only then stores that it was. */
	private void flush() throws Exception {
		this.run.lease().check();
		this.delivery.deliver(this.batch);
		List<Reject> rejects = count();
		List<PageProgress> progress = LaneProgress.of(this.unstored);
		this.run.lease().check();
		this.stores.transaction().executeWithoutResult((status) -> {
			progress.forEach(this.stores.pages()::save);
			if (this.chained != null) {
				Plan plan = this.stores.plans().find(this.event);
				this.stores.plans()
					.save(this.event, this.stores.pages().append(this.event, plan, List.of(this.chained), 1));
			}
			if (!rejects.isEmpty()) {
				this.stores.rejects().add(this.run.link().name(), this.event, rejects, this.stores.clock().instant());
			}
		});
		progress.forEach((page) -> this.delivered = this.delivered.plus(page.closed()));
		this.run.count(this.batch.size(), rejects.size());
		this.chained = null;
		this.batch.clear();
		this.unstored.removeIf(OpenScope::isAtEnd);
		this.lastFlush = System.nanoTime();
	}

	private List<Reject> count() {
		List<Reject> rejects = new ArrayList<>();
		for (InFlight inFlight : this.batch) {
			inFlight.scope.count(inFlight.record);
			if (inFlight.record.isFailed()) {
				List<String> errors = inFlight.record.errors();
				rejects.add(new Reject(inFlight.scope.entry().ordinal(), inFlight.record.key(),
						(inFlight.failedAt != null) ? inFlight.failedAt : Reject.Stage.TARGET,
						errors.isEmpty() ? "the target marked the record as not delivered, without saying why"
								: String.join("; ", errors)));
			}
		}
		return rejects;
	}

}
