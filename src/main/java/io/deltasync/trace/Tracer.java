package io.deltasync.trace;

import java.time.InstantSource;
import java.util.Map;

import io.deltasync.api.AbortRunException;
import io.deltasync.api.LinkContext;
import io.deltasync.delivered.LastDeliveries;
import io.deltasync.event.Mode;
import io.deltasync.event.RecordLog;
import io.deltasync.event.RunParameters;
import io.deltasync.event.SyncEvents;
import io.deltasync.link.Link;
import io.deltasync.reject.Rejects;
import io.deltasync.run.LinkContexts;
import io.deltasync.run.fetch.SourceLookup;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;

/**
 * Finds out where records are. Stores nothing and acquires no lease, so this also works
 * while a Link is running. Thread-safe.
 */
public class Tracer {

	/** The length that a stored job parameter may have. */
	private static final int LONGEST_SCOPE = 2000;

	private final SyncEvents events;

	private final StoredTraces stored;

	private final InstantSource clock;

	/**
	 * Creates the service.
	 * @param events the Sync Events
	 * @param rejects the records that could not be delivered
	 * @param log the outcomes of single records
	 * @param deliveries the delivery index
	 * @param clock the clock of run timestamps
	 */
	public Tracer(SyncEvents events, Rejects rejects, RecordLog log, LastDeliveries deliveries, InstantSource clock) {
		this.events = events;
		this.stored = new StoredTraces(events, rejects, log, deliveries);
		this.clock = clock;
	}

	/**
	 * Finds out where a record is.
	 * @param link the Link
	 * @param typed the record's key as a person types it
	 * @return everything that is known of it
	 * @throws UntraceableException if the key is not one of the Link's records
	 */
	public Trace trace(Link link, TypedKey typed) {
		LinkContext context = context(link);
		SourceLookup lookup = new SourceLookup(link, context);
		return new Tracing(link, context, lookup, KeyOfRecord.of(link, typed, lookup), this.stored).trace();
	}

	/**
	 * Returns the parameters of a run that delivers a single record, in the ordinary way
	 * of a replay.
	 * @param link the Link
	 * @param typed the record's key as a person types it
	 * @return the mode, and the scope that consists of the record
	 * @throws UntraceableException if the record cannot be delivered on its own
	 * @throws AbortRunException if the source cannot be asked
	 */
	public JobParametersBuilder delivery(Link link, TypedKey typed) {
		String refusal = refusal(link);
		if (refusal != null) {
			throw new UntraceableException(refusal);
		}
		SourceLookup lookup = new SourceLookup(link, context(link));
		KeyOfRecord key = KeyOfRecord.of(link, typed, lookup);
		Map<String, Object> values = key.values();
		if (values == null) {
			throw new AbortRunException("Link '%s': the source could not be asked for the record: %s"
				.formatted(link.name(), key.problem()));
		}
		if (key.isMasked(link.mask())) {
			throw new UntraceableException(
					"Link '%s': its key is masked, and would be stored with a run of this record alone; run the Link instead"
						.formatted(link.name()));
		}
		String scope = lookup.scope(values);
		if (scope.length() > LONGEST_SCOPE) {
			throw new UntraceableException(
					"Link '%s': the key is too long to deliver its record on its own; run the Link instead"
						.formatted(link.name()));
		}
		return new JobParametersBuilder().addString(RunParameters.MODE, Mode.REPLAY.name(), false)
			.addString(RunParameters.RECORD, scope, false);
	}

	/** Returns why the records of a Link cannot be delivered on their own, or null. */
	static @Nullable String refusal(Link link) {
		if (!SourceLookup.isSupported(link)) {
			return "Link '%s': its source cannot look up a record, so none can be delivered on its own; run the Link"
				.formatted(link.name());
		}
		if (link.testing()) {
			return "Link '%s': it is set to testing, so nothing is delivered; take 'testing' out of the Link first"
				.formatted(link.name());
		}
		return null;
	}

	private LinkContext context(Link link) {
		RunParameters parameters = new RunParameters(this.clock.instant(), Mode.DELTA, true, "trace",
				this.events.nextWindow(link.name()));
		return LinkContexts.of(link, parameters);
	}

}
