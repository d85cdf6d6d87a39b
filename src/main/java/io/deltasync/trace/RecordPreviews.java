package io.deltasync.trace;

import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.deltasync.api.AbortRunException;
import io.deltasync.api.LinkContext;
import io.deltasync.api.RecordInFlight;
import io.deltasync.event.LoggedRecord.Outcome;
import io.deltasync.event.Mode;
import io.deltasync.event.RunParameters;
import io.deltasync.event.SyncEvents;
import io.deltasync.link.Link;
import io.deltasync.reject.Reject;
import io.deltasync.run.LinkContexts;
import io.deltasync.run.deliver.DeliveryTrial;
import io.deltasync.run.deliver.DeliveryTrial.Passage;
import io.deltasync.run.fetch.FirstRecords;
import io.deltasync.trace.RecordPreview.Previewed;
import io.deltasync.trace.RecordPreview.Shown;
import org.jspecify.annotations.Nullable;

/**
 * Shows the first records that a run would fetch, before and after filters and mapping.
 * Delivers and stores nothing and acquires no lease, so this also works while the Link is
 * running. Thread-safe.
 */
public class RecordPreviews {

	/** The number of records that is shown unless another one is asked for. */
	public static final int DEFAULT_LIMIT = 10;

	/** The highest number of records that may be asked for. */
	public static final int MAX_LIMIT = 1000;

	private final SyncEvents events;

	private final FirstRecords.Sources sources;

	private final InstantSource clock;

	/**
	 * Creates the service.
	 * @param events the Sync Events
	 * @param sources reads what sources answer
	 * @param clock the clock of run timestamps
	 */
	public RecordPreviews(SyncEvents events, FirstRecords.Sources sources, InstantSource clock) {
		this.events = events;
		this.sources = sources;
		this.clock = clock;
	}

	/**
	 * Plans the next run of a Link and fetches its first records. A source that begins to
	 * prepare something when it plans, such as an export, does so.
	 * @param link the Link
	 * @param mode DELTA or FULL
	 * @param limit the maximum number of records, from 1 to {@value #MAX_LIMIT}
	 * @return the records
	 * @throws AbortRunException if the records cannot be fetched; the message says why
	 */
	public RecordPreview preview(Link link, Mode mode, int limit) {
		RunParameters parameters = new RunParameters(this.clock.instant(), mode, true, "preview",
				this.events.nextWindow(link.name()));
		LinkContext context = LinkContexts.of(link, parameters);
		FirstRecords first = FirstRecords.fetch(link, context, limit, this.sources);
		List<Previewed> records = first.records().stream().map((record) -> passed(link, context, record)).toList();
		return new RecordPreview(link.name(), mode, parameters.windowStart(), first.reads(), first.strategy(),
				first.askedAgainAt(), records, first.more(), first.warnings());
	}

	private static Previewed passed(Link link, LinkContext context, RecordInFlight record) {
		ShownValues values = new ShownValues(link);
		Map<String, Shown> source = shown(record.originalProperties(), values.ofSource(record));
		Passage passage = passage(link, context, record);
		Map<String, Shown> target = passage.reachesTarget()
				? shown(record.properties(), values.ofTarget(record.properties(), record.originalProperties().keySet()))
				: Map.of();
		return new Previewed(link.mask().key(record), record.operation().name(), source, passage, target);
	}

	private static Passage passage(Link link, LinkContext context, RecordInFlight record) {
		try {
			return new DeliveryTrial(link, context).pass(record);
		}
		catch (AbortRunException ex) {
			String reason = link.mask().hideIn(String.valueOf(ex.getMessage()), record);
			return new Passage(Outcome.FAILED, null, Reject.Stage.MAPPING, "a run would be aborted: " + reason);
		}
	}

	private static Map<String, Shown> shown(Map<String, ?> properties, Map<String, ? extends @Nullable String> texts) {
		Map<String, Shown> shown = new LinkedHashMap<>();
		texts.forEach((name, text) -> shown.put(name, new Shown(ValueWords.type(properties.get(name)), text)));
		return shown;
	}

}
