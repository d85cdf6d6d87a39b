package io.deltasync.event;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;

import io.deltasync.link.LinkIdentity;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;

/**
 * The job parameters of a run. Each run, even a full one, carries the last success that
 * was known when it was started. The newest run alone therefore determines the window,
 * however many runs failed before it.
 *
 * @param runTimestamp when the run was started, in microseconds; the only identifying
 * parameter
 * @param mode the purpose of the run
 * @param testing whether targets must not be changed
 * @param trigger who or what started it
 * @param lastSuccess the newest success before this run
 * @param replayed the run that a replay repeats; null for all other modes
 * @param rewrite which unchanged records are written anyway
 * @param force whether records are deleted however many there are
 * @param setTo the time to which a person sets the window; null for all modes but SET,
 * and when a person keeps the window for a changed Link
 * @param identities the Link's identity in this run and in the last successful run
 * @param record the scope, as text, of the one record that a replay delivers instead of
 * repeating a run; null for all other runs
 * @param verification how a verification compares; the defaults for all other modes
 */
public record RunParameters(Instant runTimestamp, Mode mode, boolean testing, String trigger, Watermark lastSuccess,
		@Nullable ReplayOrigin replayed, Rewrite rewrite, boolean force, @Nullable Instant setTo, Identities identities,
		@Nullable String record, VerifyOptions verification) {

	public static final String RUN_TIMESTAMP = "runTimestamp";

	public static final String MODE = "mode";

	public static final String TESTING = "testing";

	public static final String TRIGGER = "trigger";

	public static final String REPLAY_OF = "replayOf";

	/** The scope of a single record to deliver; an alternative to {@link #REPLAY_OF}. */
	public static final String RECORD = "record";

	public static final String REWRITE = "rewrite";

	public static final String FORCE = "force";

	public static final String SET_TO = "setTo";

	/** Keeps the window unchanged; an alternative to {@link #SET_TO}. */
	public static final String KEEP = "keep";

	/**
	 * The versions of the window of which one must be the current one, separated by
	 * commas; otherwise the window is neither set nor kept.
	 */
	public static final String IF_WINDOW = "ifWindow";

	/** The time of a slot that the run claims; used together with the trigger. */
	public static final String SLOT = "slot";

	public static final String LAST_SUCCESSFUL_SYNC = "lastSuccessfulSync";

	public static final String LAST_SUCCESSFUL_CURSOR = "lastSuccessfulCursor";

	static final String LAST_SUCCESSFUL_SET_AT = "lastSuccessfulSetAt";

	static final String IDENTITY = "identity";

	static final String LAST_SUCCESSFUL_IDENTITY = "lastSuccessfulIdentity";

	static final String REWRITE_EVERYTHING = "rewriteEverything";

	static final String REPLAYED_FULL = "replayedFull";

	static final String REPLAYED_SYNC = "replayedSync";

	static final String REPLAYED_CURSOR = "replayedCursor";

	static final String REPLAYED_SCOPES = "replayedScopes";

	/** The trigger of a run that replaces one whose process died. */
	public static final String RECOVERY = "recovery";

	/** Has a fixed length, so that texts sort as times do. */
	private static final DateTimeFormatter MICROSECONDS = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'")
		.withZone(ZoneOffset.UTC);

	public RunParameters {
		runTimestamp = runTimestamp.truncatedTo(ChronoUnit.MICROS);
	}

	/**
	 * Creates the parameters of a run that fetches, without special options.
	 * @param runTimestamp when the run was started
	 * @param mode the purpose of the run
	 * @param testing whether targets must not be changed
	 * @param trigger who or what started it
	 * @param lastSuccess the newest success before this run
	 */
	public RunParameters(Instant runTimestamp, Mode mode, boolean testing, String trigger, Watermark lastSuccess) {
		this(runTimestamp, mode, testing, trigger, lastSuccess, null, false, false, null);
	}

	/**
	 * Creates the parameters of a run without the Link's identity.
	 * @param runTimestamp when the run was started
	 * @param mode the purpose of the run
	 * @param testing whether targets must not be changed
	 * @param trigger who or what started it
	 * @param lastSuccess the newest success before this run
	 * @param replayed the run that a replay repeats; null for all other modes
	 * @param rewrite whether unchanged records are written too
	 * @param force whether records are deleted however many there are
	 * @param setTo the time to which a person sets the window; null for all modes but SET
	 */
	public RunParameters(Instant runTimestamp, Mode mode, boolean testing, String trigger, Watermark lastSuccess,
			@Nullable ReplayOrigin replayed, boolean rewrite, boolean force, @Nullable Instant setTo) {
		this(runTimestamp, mode, testing, trigger, lastSuccess, replayed, Rewrite.of(rewrite, mode), force, setTo,
				Identities.NONE, null, VerifyOptions.DEFAULTS);
	}

	/**
	 * Formats a run timestamp as in the parameter and the job key.
	 * @param runTimestamp the time
	 * @return ISO text in UTC with six fractional digits of a second
	 */
	public static String format(Instant runTimestamp) {
		return MICROSECONDS.format(runTimestamp);
	}

	/**
	 * Reads the parameters of a run.
	 * @param parameters the result of {@link #toJobParameters()}
	 * @return the run's parameters
	 * @throws IllegalArgumentException when one is missing or cannot be read
	 */
	public static RunParameters of(JobParameters parameters) {
		return new StoredParameters(parameters).read();
	}

	/**
	 * Creates job parameters, of which only the run timestamp is identifying.
	 * @return the parameters
	 */
	public JobParameters toJobParameters() {
		JobParametersBuilder builder = new JobParametersBuilder()
			.addString(RUN_TIMESTAMP, format(this.runTimestamp), true)
			.addString(MODE, this.mode.name(), false)
			.addString(TESTING, String.valueOf(this.testing), false)
			.addString(TRIGGER, this.trigger, false);
		if (this.rewrite != Rewrite.NOTHING) {
			builder.addString(REWRITE, "true", false);
		}
		if (this.rewrite == Rewrite.EVERYTHING && this.mode != Mode.FULL) {
			builder.addString(REWRITE_EVERYTHING, "true", false);
		}
		if (this.force) {
			builder.addString(FORCE, "true", false);
		}
		add(builder, this.lastSuccess, LAST_SUCCESSFUL_SYNC, LAST_SUCCESSFUL_CURSOR);
		add(builder, LAST_SUCCESSFUL_SET_AT, this.lastSuccess.setAt());
		add(builder, SET_TO, this.setTo);
		if (isKeeping()) {
			builder.addString(KEEP, "true", false);
		}
		if (this.record != null) {
			builder.addString(RECORD, this.record, false);
		}
		add(builder, IDENTITY, this.identities.run());
		add(builder, LAST_SUCCESSFUL_IDENTITY, this.identities.last());
		if (this.replayed != null) {
			builder.addString(REPLAY_OF, String.valueOf(this.replayed.event()), false)
				.addString(REPLAYED_FULL, String.valueOf(this.replayed.full()), false)
				.addString(REPLAYED_SCOPES, String.valueOf(this.replayed.scopes()), false);
			add(builder, this.replayed.window(), REPLAYED_SYNC, REPLAYED_CURSOR);
		}
		if (this.mode == Mode.VERIFY) {
			this.verification.addTo(builder);
		}
		return builder.toJobParameters();
	}

	private static void add(JobParametersBuilder builder, String name, @Nullable LinkIdentity identity) {
		if (identity != null) {
			builder.addString(name, identity.toJson(), false);
		}
	}

	private static void add(JobParametersBuilder builder, Watermark success, String sync, String cursor) {
		add(builder, sync, success.sync());
		if (success.cursor() != null) {
			builder.addString(cursor, success.cursor(), false);
		}
	}

	private static void add(JobParametersBuilder builder, String name, @Nullable Instant time) {
		if (time != null) {
			builder.addString(name, time.toString(), false);
		}
	}

	/**
	 * Returns where the window starts for which the source is queried.
	 * @return the last successful sync; null on a full run, in a verification, and when
	 * there was no success; for a replay, the start of the replayed event's window; for
	 * an event by which a person set the window, the new start
	 */
	public @Nullable Instant windowStart() {
		return window().sync();
	}

	/**
	 * Returns the cursor that the source receives.
	 * @return the last successful cursor; null in the same cases as
	 * {@link #windowStart()}, and after the window was set
	 */
	public @Nullable String cursorBefore() {
		return window().cursor();
	}

	private Watermark window() {
		if (this.replayed != null) {
			return this.replayed.window();
		}
		if (this.mode == Mode.SET && !isKeeping()) {
			return new Watermark(this.setTo, this.lastSuccess.cursor());
		}
		return (this.mode == Mode.FULL || this.mode == Mode.VERIFY) ? Watermark.NONE : this.lastSuccess;
	}

	/**
	 * Whether a person keeps the window for a changed Link: mode SET without a time.
	 */
	public boolean isKeeping() {
		return this.mode == Mode.SET && this.setTo == null;
	}

	/**
	 * Whether the source is queried for everything: by a full run, its replays or a
	 * verification.
	 */
	public boolean isFull() {
		return (this.replayed != null) ? this.replayed.full() : this.mode == Mode.FULL || isVerification();
	}

	/** Whether it compares the target with the source. */
	public boolean isVerification() {
		return this.mode == Mode.VERIFY;
	}

	/**
	 * Whether it delivers what an earlier run did not: a replay, or a single record.
	 */
	public boolean isReplay() {
		return this.mode == Mode.REPLAY;
	}

}
