package io.deltasync.run.fetch;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;

import javax.sql.DataSource;

import io.deltasync.api.Connections;
import io.deltasync.api.AbortRunException;
import io.deltasync.api.FetchStrategy;
import io.deltasync.api.LinkContext;
import io.deltasync.api.RecordInFlight;
import io.deltasync.api.RunContext;
import io.deltasync.api.SourceAdapter;
import io.deltasync.api.SourceAdapterForPull;
import io.deltasync.codec.ValueCodec;
import io.deltasync.inbox.InboxDelivery;
import io.deltasync.link.Link;
import io.deltasync.run.BatchMemory;
import io.deltasync.run.RunTransactions;
import io.deltasync.run.plan.PlanningCall;
import io.deltasync.run.retry.Instances;
import io.deltasync.run.retry.Messages;
import io.deltasync.run.retry.UnavailableException;
import io.deltasync.scope.Plan;
import org.jspecify.annotations.Nullable;

/**
 * The first records that a run would fetch. They are read outside of runs, and nothing is
 * stored.
 *
 * @param reads what the source would read, in its own words; null if it does not say
 * @param strategy the adapter's first answer
 * @param askedAgainAt when a run would ask the source again; null if it has answered
 * @param records the records
 * @param more whether there are more, as far as that is known
 * @param warnings the warnings of the source
 */
public record FirstRecords(@Nullable String reads, String strategy, @Nullable Instant askedAgainAt,
		List<RecordInFlight> records, boolean more, List<String> warnings) {

	/** A source may list many scopes without records. */
	private static final int MOST_LISTS = 10;

	/**
	 * Plans a run and fetches its first records.
	 * @param link the Link
	 * @param context the context passed to the source, in testing mode
	 * @param limit the maximum number of records
	 * @param sources reads what the source answers
	 * @return the records
	 * @throws AbortRunException if the source fails; the message says why
	 */
	public static FirstRecords fetch(Link link, LinkContext context, int limit, Sources sources) {
		try {
			return read(link, context, limit, sources);
		}
		catch (UnavailableException ex) {
			throw ex;
		}
		catch (Exception ex) {
			throw new AbortRunException("Link '%s': %s".formatted(link.name(), Messages.of(ex)), ex);
		}
	}

	private static FirstRecords read(Link link, LinkContext context, int limit, Sources sources) throws Exception {
		RunContext calls = new RunContext();
		return calls.call(() -> Instances.use(link.newSource(), (source) -> {
			if (link.takesPushes()) {
				return pushed(link, context, limit, sources, source);
			}
			PlanningCall call = PlanningCall.make(source, context, Plan.NONE, sources.clock());
			Plan plan = call.plan();
			Reading reading = new Reading(limit);
			if (call.answer() instanceof FetchStrategy.Immediate) {
				reading.chain((SourceAdapterForPull) source, context);
			}
			else if (call.answer() instanceof FetchStrategy.QueryLocator locator) {
				try (Fetch fetch = Fetch.of(source, sources.locators().run(link, context, source, locator.query()))) {
					reading.take(fetch);
				}
			}
			else {
				reading.scopes(link, context, call.scopes());
				plan = reading.lists(link, context, plan, sources.clock());
			}
			List<String> warnings = Stream.concat(plan.warnings().stream(), calls.warnings().stream()).toList();
			return new FirstRecords(call.reads(), call.answer().checkStrategyType(), plan.delayedUntil(),
					reading.records, reading.more, warnings);
		}));
	}

	private static FirstRecords pushed(Link link, LinkContext context, int limit, Sources sources,
			SourceAdapter source) {
		Reading reading = new Reading(limit);
		for (Iterator<Long> requests = sources.pushed().inbox().next(link.name()).iterator(); requests.hasNext()
				&& !reading.more;) {
			try (Fetch fetch = sources.pushed().open(link.name(), context, source, requests.next())) {
				reading.take(fetch);
			}
			reading.more |= reading.isFull() && requests.hasNext();
		}
		return new FirstRecords(null, FetchStrategy.scopes(List.of()).checkStrategyType(), null, reading.records,
				reading.more, List.of());
	}

	/**
	 * Reads what sources answer.
	 *
	 * @param pushed reads requests that were pushed to Links
	 * @param locators runs LOCATOR queries
	 * @param clock the clock for waits
	 */
	public record Sources(PushedScopes pushed, LocatorQueries locators, InstantSource clock) {

		/**
		 * Creates the readers.
		 * @param inbox the requests that were pushed to Links
		 * @param connections the connections of LOCATOR queries
		 * @param own the database of those without one
		 * @param memory limits the memory for rows
		 * @param transactions the transactions in which requests are read
		 */
		public Sources(InboxDelivery inbox, Connections connections, DataSource own, BatchMemory memory,
				RunTransactions transactions) {
			this(new PushedScopes(inbox, memory, transactions), new LocatorQueries(connections, own, memory),
					transactions.clock());
		}

	}

	private static final class Reading {

		private final int limit;

		private final List<RecordInFlight> records = new ArrayList<>();

		private boolean more;

		Reading(int limit) {
			this.limit = limit;
		}

		boolean isFull() {
			return this.records.size() >= this.limit;
		}

		void take(Fetch fetch) {
			while (!isFull() && fetch.hasNext()) {
				this.records.add(fetch.next());
			}
			this.more = isFull() && fetch.hasNext();
		}

		void chain(SourceAdapterForPull source, LinkContext context) {
			Object scope = null;
			do {
				try (Fetch fetch = Fetch.of(source, context, scope)) {
					take(fetch);
					// only after the last record does the source know what is next
					scope = this.more ? null : fetch.nextScope();
				}
			}
			while (scope != null && !isFull());
			this.more |= scope != null;
		}

		void scopes(Link link, LinkContext context, List<? extends @Nullable String> scopes) throws Exception {
			for (int i = 0; i < scopes.size() && !isFull(); i++) {
				String text = scopes.get(i);
				Instances.use(link.newSource(), (source) -> {
					Object scope = (text != null) ? new ValueCodec(source).read(text) : null;
					try (Fetch fetch = Fetch.of((SourceAdapterForPull) source, context, scope)) {
						take(fetch);
					}
					return true;
				});
				this.more |= isFull() && i < scopes.size() - 1;
			}
		}

		/** Asks for further lists of scopes, as far as the source has them at once. */
		Plan lists(Link link, LinkContext context, Plan first, InstantSource clock) throws Exception {
			Plan plan = first;
			for (int i = 1; i < MOST_LISTS && !isFull() && !plan.finished() && plan.delayedUntil() == null; i++) {
				Plan before = plan;
				PlanningCall call = Instances.use(link.newSource(),
						(source) -> PlanningCall.make(source, context, before, clock));
				scopes(link, context, call.scopes());
				plan = call.plan();
			}
			this.more |= !plan.finished() && plan.delayedUntil() == null;
			return plan;
		}

	}

}
