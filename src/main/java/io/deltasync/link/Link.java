package io.deltasync.link;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.deltasync.api.AbortRunException;
import io.deltasync.api.LinkContext;
import io.deltasync.api.SourceAdapter;
import io.deltasync.api.TargetAdapter;
import io.deltasync.config.Mask;
import io.deltasync.config.Schedule;
import io.deltasync.link.notification.LinkNotifications;
import io.deltasync.mapping.Mapping;
import org.jspecify.annotations.Nullable;

/**
 * A named pipe from one table of a source system to one table of a target system, as
 * configured and validated. Immutable and thread-safe.
 * <p>
 * The class is long because each setting has a documented accessor.
 */
public final class Link {

	/**
	 * The maximum length of a Link's name, in characters. It is a part of the names of
	 * jobs and steps, which are limited to 100.
	 */
	public static final int MAX_NAME_LENGTH = 80;

	private final String name;

	private final LinkSettings settings;

	private final Mapping mapping;

	private final Mask mask;

	private final Map<String, @Nullable Object> softDelete;

	private final List<LinkFilter> filters;

	private final ConfiguredAdapter<SourceAdapter> source;

	private final ConfiguredAdapter<TargetAdapter> target;

	private final String shape;

	private final Places places;

	private final LinkNotifications notifications;

	Link(String name, LinkSettings settings, Mapping mapping, Mask mask, Map<String, @Nullable Object> softDelete,
			List<LinkFilter> filters, ConfiguredAdapter<SourceAdapter> source, ConfiguredAdapter<TargetAdapter> target,
			String shape, Places places, LinkNotifications notifications) {
		this.name = name;
		this.settings = settings;
		this.mapping = mapping;
		this.mask = mask;
		this.softDelete = softDelete;
		this.filters = List.copyOf(filters);
		this.source = source;
		this.target = target;
		this.shape = shape;
		this.places = places;
		this.notifications = notifications;
	}

	/**
	 * Returns how people are notified of this Link.
	 * @return its own settings and the defaults
	 */
	public LinkNotifications notifications() {
		return this.notifications;
	}

	/**
	 * Returns the connections that each lane needs from pools with a configured size.
	 * @return the places, always the same instance
	 */
	public Places places() {
		return this.places;
	}

	/**
	 * Returns the name as configured. It may contain blanks, slashes and colons.
	 * @return the name, up to {@value #MAX_NAME_LENGTH} characters
	 */
	public String name() {
		return this.name;
	}

	/**
	 * Returns the adapter and the table that are read.
	 * @return the end, always the same instance
	 */
	public Endpoint source() {
		return this.source.end();
	}

	/**
	 * Returns the adapter and the table that are written.
	 * @return the end, always the same instance
	 */
	public Endpoint target() {
		return this.target.end();
	}

	/**
	 * Returns the maximum number of records in a batch. The target may have a lower
	 * limit.
	 * @return 1 or more; the default is 1,000
	 */
	public int batchSizeLimit() {
		return this.settings.batchSizeLimit();
	}

	/**
	 * Whether scopes may be fetched in parallel.
	 * @return true unless configured otherwise
	 */
	public boolean parallel() {
		return this.settings.parallel();
	}

	/**
	 * Returns the number of scopes that are fetched in parallel.
	 * @return 1 or more; always 1 if not parallel, and for a Link that
	 * {@linkplain #takesPushes() is pushed to}. The default is twice the number of
	 * processors, up to 64 and up to one for each 16 MB of heap
	 */
	public int lanes() {
		// pushed requests are delivered in their order
		return takesPushes() ? 1 : this.settings.resolvedLanes();
	}

	/**
	 * Returns how many lanes a verification has.
	 * @return the configured number of lanes; otherwise at most 2, because it must leave
	 * room for others
	 */
	public int verifyLanes() {
		return (this.settings.lanes() != null) ? lanes() : Math.min(lanes(), 2);
	}

	/**
	 * Returns the maximum duration of planning, including waits.
	 * @return a positive duration; the default is 24 hours
	 */
	public Duration maxPlanningTime() {
		return this.settings.maxPlanningTime();
	}

	/**
	 * Returns the connection for the query of LOCATOR.
	 * @return the name of a connection, or null for the application's own database
	 */
	public @Nullable String localConnection() {
		return this.settings.localConnection();
	}

	/**
	 * Whether a run is resumed after its process died.
	 * @return true if it is resumed before the next run; false, the default, if the next
	 * run fetches its window again
	 */
	public boolean resumeCrashed() {
		return this.settings.resumeCrashed();
	}

	/**
	 * Returns the maximum number of automatic replays after a run that was completed but
	 * did not deliver all records.
	 * @return 0 to 10; the default is 0
	 */
	public int autoReplay() {
		return this.settings.autoReplay();
	}

	/**
	 * Returns the delay of the first automatic replay after the run.
	 * @return a positive duration; the default is 30 seconds
	 */
	public Duration autoReplayAfter() {
		return this.settings.autoReplayAfter();
	}

	/**
	 * Whether all runs are test runs.
	 * @return true if no run changes the target or moves the window; false, the default,
	 * if this is decided for each run
	 */
	public boolean testing() {
		return this.settings.testing();
	}

	/**
	 * Returns the words by which people find Links that belong together.
	 * @return the labels, sorted; may be empty
	 */
	public List<String> labels() {
		return this.settings.labels().stream().map(String::strip).sorted().toList();
	}

	/**
	 * Whether records that were delivered before in the same version are left out.
	 * @return the default is false
	 */
	public boolean skipUnchanged() {
		return this.settings.skipUnchanged();
	}

	/**
	 * Returns the treatment of delivered records that a full run no longer finds.
	 * @return the default is {@link Deletes#OFF}
	 */
	public Deletes deletes() {
		return this.settings.deletes();
	}

	/**
	 * Whether records that the source no longer has are deleted or marked at the target.
	 * @return true for {@link Deletes#SOFT} and {@link Deletes#HARD}
	 */
	public boolean deletesRecords() {
		return deletes() == Deletes.SOFT || deletes() == Deletes.HARD;
	}

	/**
	 * Returns the maximum share of delivered records that a run may delete.
	 * @return a share in percent, from 0 to 100; the default is 10
	 */
	public double maxDeleteShare() {
		return this.settings.maxDeleteShare();
	}

	/**
	 * Returns the properties that mark a record at the target as deleted.
	 * @return the values by target property; empty unless {@link #deletes()} is
	 * {@link Deletes#SOFT}
	 */
	public Map<String, @Nullable Object> softDelete() {
		return this.softDelete;
	}

	/**
	 * Whether the delivery index is needed.
	 * @return true for a Link that skips unchanged records or detects deletions
	 */
	public boolean remembersDeliveries() {
		return skipUnchanged() || deletes() != Deletes.OFF;
	}

	/**
	 * Returns the target options that may affect how a record is written, such as a time
	 * zone. They are not part of {@link #identity()}.
	 * @return the values by name; may be empty
	 */
	public Map<String, String> writing() {
		Map<String, String> options = new TreeMap<>(this.target.options().place());
		options.remove(EndOptions.CONNECTION);
		return options;
	}

	/**
	 * Whether the source's options name a delta column.
	 * @return false for sources that read all records or find changes in another way
	 */
	public boolean hasDeltaColumn() {
		return !this.source.options().deltaColumn().isEmpty();
	}

	/**
	 * Returns the identity of the data that this Link reads and writes. Calls both
	 * adapters, but does not connect.
	 * @return the identity according to the current configuration
	 * @throws AbortRunException if an adapter fails; the message contains the reason
	 */
	public LinkIdentity identity() {
		LinkContext context = LinkContext.builder()
			.linkName(this.name)
			.linkSourceName(source().table())
			.linkTargetName(target().table())
			.batchSizeLimit(batchSizeLimit())
			.build();
		return new LinkIdentity(this.source.identity(context, "source"), this.target.identity(context, "target"),
				this.source.options().key(), this.target.options().key(), this.source.options().deltaColumn(),
				this.shape);
	}

	/**
	 * Returns the versions of the code that this Link consists of, for comparison with
	 * those of another process.
	 * @return the versions by the place in the Link
	 */
	Map<String, String> versions() {
		Map<String, String> versions = new TreeMap<>();
		versions.put("source", CodeVersion.of(sourceType()));
		versions.put("target", CodeVersion.of(targetType()));
		for (int i = 0; i < this.filters.size(); i++) {
			Object filter = this.filters.get(i).instances().get();
			versions.put("filters." + i, CodeVersion.of(filter.getClass()));
			ConfiguredBean.close(filter);
		}
		return versions;
	}

	/**
	 * Returns the number of failed runs after which a record is quarantined.
	 * @return 1 or more, or null for never. For a Link that is pushed to, the default is
	 * 1: a record that cannot be delivered does not keep later requests waiting
	 */
	public @Nullable Integer quarantineAfter() {
		Integer configured = this.settings.quarantineAfter();
		return (configured == null && takesPushes()) ? Integer.valueOf(1) : configured;
	}

	/**
	 * Returns the properties whose values are neither stored with rejects nor shown in
	 * messages.
	 * @return the mask; by default it hides nothing
	 */
	public Mask mask() {
		return this.mask;
	}

	/**
	 * Returns the maximum size of the stored properties of a reject.
	 * @return a number of characters of JSON; the default is 100,000
	 */
	public int maxRejectSize() {
		return this.settings.maxRejectSize();
	}

	/**
	 * Returns the maximum number of rejects that a run stores. Further failed records are
	 * only counted, and their scopes fail.
	 * @return 1 or more; the default is 100,000
	 */
	public int maxRejects() {
		return this.settings.maxRejects();
	}

	/**
	 * Returns the maximum number of records that a run logs.
	 * @return 0 or more; the default is 100,000
	 */
	public int maxLoggedRecords() {
		return this.settings.maxLoggedRecords();
	}

	/**
	 * Returns the details that are stored of single records.
	 * @return the default is {@link RecordLogging#ERRORS}
	 */
	public RecordLogging logging() {
		return this.settings.logging();
	}

	/**
	 * Returns the share of records that may fail at the beginning of a run without
	 * aborting it.
	 * @return a percentage from 0 to 100; the default is 50
	 */
	public int maxRejectShare() {
		return this.settings.maxRejectShare();
	}

	/**
	 * Returns how adapter calls are retried after a transient failure.
	 * @return the settings
	 */
	public RetrySettings retry() {
		return this.settings.retry();
	}

	/**
	 * Returns the schedule on which a {@code serve} process runs the Link.
	 * @return the schedule, or null for never
	 */
	public @Nullable Schedule schedule() {
		return this.settings.schedule();
	}

	/**
	 * Returns the schedule of full runs, in a {@code serve} process and for
	 * {@code run LINK --full-if-due}.
	 * @return the schedule, or null for never
	 */
	public @Nullable Schedule fullSchedule() {
		return this.settings.fullSchedule();
	}

	/**
	 * Returns when the Link is verified in a {@code serve} process.
	 * @return the schedule and the sample
	 */
	public VerifySettings verify() {
		return this.settings.verify();
	}

	/**
	 * Whether deletions are only detected by full runs, and none is scheduled.
	 * @return true for a Link whose deletions are not detected unless full runs are
	 * started manually or by another scheduler
	 */
	public boolean lacksFullRuns() {
		return deletes() != Deletes.OFF && fullSchedule() == null && !fetchesEverything();
	}

	/**
	 * Whether each run fetches all records of the source, so that it counts as a full run
	 * for the detection of deletions.
	 * @return the answer of the source adapter
	 */
	public boolean fetchesEverything() {
		SourceAdapter asked = newSource();
		try {
			return asked.fetchesEverything();
		}
		finally {
			ConfiguredBean.close(asked);
		}
	}

	/**
	 * Returns the Link after whose successful runs a {@code serve} process runs this one.
	 * @return the other Link, which exists, or null for none
	 */
	public @Nullable RunAfter runAfter() {
		return this.settings.runAfter();
	}

	/**
	 * Returns the mapping from source properties to target properties.
	 * @return the mapping; one that changes nothing if none is configured
	 */
	public Mapping mapping() {
		return this.mapping;
	}

	/**
	 * Returns the filters.
	 * @return the filters in order; may be empty
	 */
	public List<LinkFilter> filters() {
		return this.filters;
	}

	/**
	 * Whether filters may change, add or remove properties.
	 * @return false if there are none, or only those that leave out records
	 */
	public boolean changesPropertiesByFilters() {
		return this.filters.stream().anyMatch(LinkFilter::changesProperties);
	}

	/**
	 * Returns the class of the Link's source adapter.
	 * @return the class of the result of {@link #newSource()}
	 */
	public Class<?> sourceType() {
		return this.source.bean().implementation();
	}

	/**
	 * Whether other systems push the records of this Link, so that it does not fetch.
	 * @return false for a Link that fetches
	 */
	public boolean takesPushes() {
		return this.source.takesPushes();
	}

	/**
	 * Returns the class of the Link's target adapter.
	 * @return the class of the result of {@link #newTarget()}
	 */
	public Class<?> targetType() {
		return this.target.bean().implementation();
	}

	/**
	 * Creates a source adapter with the Link's options.
	 * @return a new instance, for one execution context
	 * @throws RuntimeException if the adapter's constructor fails; a BeansException
	 */
	public SourceAdapter newSource() {
		return this.source.bean().newInstance();
	}

	/**
	 * Creates a target adapter with the Link's options.
	 * @return a new instance, for one lane
	 * @throws RuntimeException if the adapter's constructor fails; a BeansException
	 */
	public TargetAdapter newTarget() {
		return this.target.bean().newInstance();
	}

	/** The treatment of delivered records that a full run no longer finds. */
	public enum Deletes {

		/** Deletions are not detected. */
		OFF,

		/** The run reports them as a warning. */
		REPORT,

		/** The target receives the properties of {@code soft-delete}. */
		SOFT,

		/** The target deletes the records. */
		HARD

	}

	@Override
	public String toString() {
		return "Link[%s: %s -> %s]".formatted(this.name, source(), target());
	}

}
