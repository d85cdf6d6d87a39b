package io.deltasync.link;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.deltasync.api.AbortRunException;
import io.deltasync.api.Adapter;
import io.deltasync.api.LinkContext;
import io.deltasync.api.SourceAdapter;
import io.deltasync.api.TargetAdapter;
import io.deltasync.config.Mask;
import io.deltasync.config.Schedule;
import io.deltasync.config.Secrets;
import io.deltasync.mapping.Mapping;
import org.jspecify.annotations.Nullable;

/**
 * A named pipe from one table of a source system to one table of a target system, as
 * configured and checked. Immutable and safe for use by many threads.
 */
public final class Link {

	/**
	 * How long a Link's name may be, in characters: it is a part of the names of jobs and
	 * steps, which hold 100.
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

	Link(String name, LinkSettings settings, Mapping mapping, Mask mask, Map<String, @Nullable Object> softDelete,
			List<LinkFilter> filters, ConfiguredAdapter<SourceAdapter> source, ConfiguredAdapter<TargetAdapter> target,
			String shape, Places places) {
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
	}

	/**
	 * Returns what each lane needs of the pools whose size is configured.
	 * @return the places, the same ones at each call
	 */
	public Places places() {
		return this.places;
	}

	/**
	 * Tells the name, as configured; it may hold blanks, slashes and colons.
	 * @return the name, at most {@value #MAX_NAME_LENGTH} characters
	 */
	public String name() {
		return this.name;
	}

	public Endpoint source() {
		return this.source.end();
	}

	public Endpoint target() {
		return this.target.end();
	}

	/**
	 * Tells how many records a batch holds at most; the target may take fewer.
	 * @return 1 or more; 1,000 unless configured
	 */
	public int batchSizeLimit() {
		return this.settings.batchSizeLimit();
	}

	/**
	 * Tells whether scopes may be fetched side by side.
	 * @return true unless configured otherwise
	 */
	public boolean parallel() {
		return this.settings.parallel();
	}

	/**
	 * Returns how many scopes are fetched at a time.
	 * @return 1 or more; always 1 when not parallel; unless configured, twice the number
	 * of processors, up to 64 and to one for each 16 MB of the heap
	 */
	public int lanes() {
		return this.settings.resolvedLanes();
	}

	/**
	 * Tells how long planning may take, waits included.
	 * @return a positive duration; 24 hours unless configured
	 */
	public Duration maxPlanningTime() {
		return this.settings.maxPlanningTime();
	}

	/**
	 * Tells where a query of LOCATOR runs.
	 * @return the name of a connection, or null for the application's own database
	 */
	public @Nullable String localConnection() {
		return this.settings.localConnection();
	}

	/**
	 * Tells what becomes of a run whose process died.
	 * @return true if it is restarted where it stopped, before the next run; false, the
	 * default, if the next run fetches its window again
	 */
	public boolean resumeCrashed() {
		return this.settings.resumeCrashed();
	}

	/**
	 * Tells how many replays may follow a run by themselves that went on to its end, but
	 * delivered not everything.
	 * @return 0 to 10; 0 unless configured
	 */
	public int autoReplay() {
		return this.settings.autoReplay();
	}

	/**
	 * Tells how long after the run the first of these replays follows.
	 * @return a positive duration; 30 seconds unless configured
	 */
	public Duration autoReplayAfter() {
		return this.settings.autoReplayAfter();
	}

	/**
	 * Tells whether all runs are testing runs.
	 * @return true if no run changes the target or moves the window; false, the default,
	 * if only runs do that are asked for it
	 */
	public boolean testing() {
		return this.settings.testing();
	}

	/**
	 * Tells whether records are left out that the target got before as they are now.
	 * @return false unless configured
	 */
	public boolean skipUnchanged() {
		return this.settings.skipUnchanged();
	}

	/**
	 * Tells what becomes of records that this Link delivered once, and that a full run
	 * does not meet any more.
	 * @return {@link Deletes#OFF} unless configured
	 */
	public Deletes deletes() {
		return this.settings.deletes();
	}

	/**
	 * Whether records that the source no longer has are deleted at the target, or marked.
	 * @return true for {@link Deletes#SOFT} and {@link Deletes#HARD}
	 */
	public boolean deletesRecords() {
		return deletes() == Deletes.SOFT || deletes() == Deletes.HARD;
	}

	/**
	 * Tells how many of the records that were delivered a run may delete.
	 * @return a share in percent, from 0 to 100; 10 unless configured
	 */
	public double maxDeleteShare() {
		return this.settings.maxDeleteShare();
	}

	/**
	 * Tells what becomes of a record at the target that is to be marked as deleted.
	 * @return from target property to its value; empty unless {@link #deletes()} is
	 * {@link Deletes#SOFT}
	 */
	public Map<String, @Nullable Object> softDelete() {
		return this.softDelete;
	}

	/**
	 * Tells whether it must be known what this Link has delivered.
	 * @return true for a Link that skips what is unchanged or looks for deletes
	 */
	public boolean remembersDeliveries() {
		return skipUnchanged() || deletes() != Deletes.OFF;
	}

	/**
	 * Returns those of the target's options that may change how a record is written, such
	 * as a zone. They are not part of {@link #identity()}.
	 * @return from name to value; may be empty
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
	 * Returns what this Link reads and writes. Asks both adapters, but connects to
	 * nothing.
	 * @return the identity as configured now
	 * @throws AbortRunException when an adapter fails to answer; the message says why
	 */
	public LinkIdentity identity() {
		return new LinkIdentity(identity(this.source, "source"), identity(this.target, "target"),
				this.source.options().key(), this.target.options().key(), this.source.options().deltaColumn(),
				this.shape);
	}

	private String identity(ConfiguredAdapter<? extends Adapter> end, String side) {
		LinkContext context = LinkContext.builder()
			.linkName(this.name)
			.linkSourceName(source().table())
			.linkTargetName(target().table())
			.batchSizeLimit(batchSizeLimit())
			.build();
		try {
			String identity = declared(end.bean().newInstance(), context);
			return (identity != null) ? identity : end.options().describe(end.end());
		}
		catch (Exception ex) {
			throw new AbortRunException("Link '%s': the %s adapter '%s' cannot say what it reads or writes: %s"
				.formatted(this.name, side, end.bean().name(), Secrets.mask(String.valueOf(ex.getMessage()))), ex);
		}
	}

	/**
	 * Returns the versions of the code that this Link consists of, for comparison with
	 * those of another process.
	 * @return from the place in the Link to the version
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

	private static @Nullable String declared(Adapter adapter, LinkContext context) throws Exception {
		try {
			return adapter.identity(context);
		}
		finally {
			ConfiguredBean.close(adapter);
		}
	}

	/**
	 * Tells in how many runs a record must have failed before it is quarantined.
	 * @return 1 or more, or null for never
	 */
	public @Nullable Integer quarantineAfter() {
		return this.settings.quarantineAfter();
	}

	/**
	 * Tells which properties' values are not stored with rejects, nor shown in what is
	 * said of records.
	 * @return {@link Mask#NONE} or the like unless configured
	 */
	public Mask mask() {
		return this.mask;
	}

	/**
	 * Tells how long the properties of a reject may be to be stored.
	 * @return a number of characters of JSON; 100,000 unless configured
	 */
	public int maxRejectSize() {
		return this.settings.maxRejectSize();
	}

	/**
	 * Returns how many rejects a run may store. Records that fail beyond that are
	 * counted, and their scopes fail.
	 * @return 1 or more; 100,000 unless configured
	 */
	public int maxRejects() {
		return this.settings.maxRejects();
	}

	/**
	 * Returns how many records a run may log.
	 * @return 0 or more; 100,000 unless configured
	 */
	public int maxLoggedRecords() {
		return this.settings.maxLoggedRecords();
	}

	/**
	 * Tells what is stored of single records.
	 * @return {@link RecordLogging#ERRORS} unless configured
	 */
	public RecordLogging logging() {
		return this.settings.logging();
	}

	/**
	 * Tells how many of a hundred records may fail at the beginning of a run before that
	 * ends it.
	 * @return 0 to 100; 50 unless configured
	 */
	public int maxRejectShare() {
		return this.settings.maxRejectShare();
	}

	/**
	 * Tells how calls to the adapters are made again after a failure that may pass.
	 * @return the settings
	 */
	public RetrySettings retry() {
		return this.settings.retry();
	}

	/**
	 * Tells when a resident process runs the Link by itself.
	 * @return the schedule, or null for never
	 */
	public @Nullable Schedule schedule() {
		return this.settings.schedule();
	}

	/**
	 * Returns when a full run is due, in a resident process and for
	 * {@code run LINK --full-if-due}.
	 * @return the schedule, or null for never
	 */
	public @Nullable Schedule fullSchedule() {
		return this.settings.fullSchedule();
	}

	/**
	 * Whether deleted records are looked for in full runs alone, and none is scheduled.
	 * @return true for a Link whose deletions nobody finds unless full runs are started
	 * by hand or by another scheduler
	 */
	public boolean lacksFullRuns() {
		return deletes() != Deletes.OFF && fullSchedule() == null && !fetchesEverything();
	}

	/**
	 * Whether each run fetches all records of the source, so that it counts as a full run
	 * when deleted records are looked for.
	 * @return what the source adapter says of itself
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
	 * Returns after which Link's successful runs a resident process runs this one.
	 * @return the other Link, which exists, or null for none
	 */
	public @Nullable RunAfter runAfter() {
		return this.settings.runAfter();
	}

	public Mapping mapping() {
		return this.mapping;
	}

	/**
	 * Lists the filters.
	 * @return the filters in their order; may be empty
	 */
	public List<LinkFilter> filters() {
		return this.filters;
	}

	/**
	 * Returns the class of the Link's source adapter.
	 * @return the class of what {@link #newSource()} makes
	 */
	public Class<?> sourceType() {
		return this.source.bean().implementation();
	}

	/**
	 * Returns the class of the Link's target adapter.
	 * @return the class of what {@link #newTarget()} makes
	 */
	public Class<?> targetType() {
		return this.target.bean().implementation();
	}

	/**
	 * Makes a source adapter with the Link's options.
	 * @return a fresh instance, for one execution context
	 * @throws RuntimeException what the adapter's constructor throws, inside a
	 * BeansException
	 */
	public SourceAdapter newSource() {
		return this.source.bean().newInstance();
	}

	/**
	 * Makes a target adapter with the Link's options.
	 * @return a fresh instance, for one lane
	 * @throws RuntimeException what the adapter's constructor throws, inside a
	 * BeansException
	 */
	public TargetAdapter newTarget() {
		return this.target.bean().newInstance();
	}

	/** What becomes of records that a full run does not meet any more. */
	public enum Deletes {

		/** Nothing; nobody looks for them. */
		OFF,

		/** The run warns of them. */
		REPORT,

		/** The target gets what {@code soft-delete} says. */
		SOFT,

		/** The target deletes them. */
		HARD

	}

	@Override
	public String toString() {
		return "Link[%s: %s -> %s]".formatted(this.name, source(), target());
	}

}
