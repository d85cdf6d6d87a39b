package io.deltasync.run.start;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import io.deltasync.event.Mode;
import io.deltasync.event.Rewrite;
import io.deltasync.event.RunParameters;
import io.deltasync.event.SyncEvent;
import io.deltasync.event.VerifyOptions;
import io.deltasync.link.Link;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.job.parameters.InvalidJobParametersException;
import org.springframework.batch.core.job.parameters.JobParameter;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.launch.JobRestartException;

/**
 * The job parameters given by the caller that starts a run of a Link. All are optional,
 * and each may have any type whose text is a valid value.
 */
record GivenParameters(Link link, JobParameters parameters) {

	private static final Logger logger = LoggerFactory.getLogger(GivenParameters.class);

	private static final Set<String> KNOWN = Set.of(RunParameters.RUN_TIMESTAMP, RunParameters.MODE,
			RunParameters.TESTING, RunParameters.TRIGGER, RunParameters.REPLAY_OF, RunParameters.REWRITE,
			RunParameters.FORCE, RunParameters.RECORD, RunParameters.SET_TO, RunParameters.KEEP,
			RunParameters.IF_WINDOW, RunParameters.SLOT);

	/** Parameters that {@link RunParameters} adds and a restart passes again. */
	private static final Set<String> ADDED = Set.of("lastSuccessful", "replayed", "identity", "rewriteEverything");

	/**
	 * Checks the given parameters.
	 * @throws InvalidJobParametersException if a parameter is invalid or does not fit the
	 * others; the message names the parameter and valid values
	 */
	static GivenParameters of(Link link, JobParameters parameters) throws InvalidJobParametersException {
		for (JobParameter<?> parameter : parameters) {
			if (!KNOWN.contains(parameter.name()) && !VerifyOptions.NAMES.contains(parameter.name())
					&& ADDED.stream().noneMatch(parameter.name()::startsWith)) {
				logger.warn("Link '{}': ignoring unknown job parameter '{}'; known parameters: {}", link.name(),
						parameter.name(), KNOWN);
			}
		}
		GivenParameters given = new GivenParameters(link, parameters);
		given.checkMode();
		given.checkReplay();
		given.checkSet();
		given.checkTimes();
		given.checkVerification();
		return given;
	}

	private void checkMode() throws InvalidJobParametersException {
		String mode = text(RunParameters.MODE, Mode.DELTA.name());
		if (Stream.of(Mode.values()).noneMatch((known) -> known.name().equals(mode))) {
			throw refused("job parameter mode=%s is not known; use one of %s".formatted(mode, List.of(Mode.values())));
		}
	}

	private void checkReplay() throws InvalidJobParametersException {
		boolean named = text(RunParameters.REPLAY_OF) != null || record() != null;
		if ((mode() == Mode.REPLAY) != named) {
			throw refused("the job parameters mode=REPLAY and replayOf=EVENT or record=SCOPE go together; %s is missing"
				.formatted(named ? "mode=REPLAY" : "replayOf"));
		}
		if (record() != null && text(RunParameters.REPLAY_OF) != null) {
			throw refused("the job parameters replayOf and record exclude each other; give one of them");
		}
		if (named && isTesting()) {
			throw refused("a replay cannot be a testing run; "
					+ (this.link.testing() ? "take 'testing' out of the Link first" : "leave out testing=true"));
		}
	}

	private void checkSet() throws InvalidJobParametersException {
		boolean keep = isSet(RunParameters.KEEP);
		boolean named = text(RunParameters.SET_TO) != null || keep;
		if ((mode() == Mode.SET) != named) {
			throw refused("the job parameters mode=SET and setTo=INSTANT or keep=true go together; %s is missing"
				.formatted(named ? "mode=SET" : "setTo"));
		}
		if (keep && text(RunParameters.SET_TO) != null) {
			throw refused("the job parameters setTo and keep exclude each other; give one of them");
		}
		if (named && isSet(RunParameters.TESTING)) {
			throw refused("a testing run does not set the window; leave out testing=true");
		}
	}

	private void checkTimes() throws InvalidJobParametersException {
		for (String name : List.of(RunParameters.RUN_TIMESTAMP, RunParameters.SET_TO, RunParameters.SLOT)) {
			try {
				time(name);
			}
			catch (DateTimeException ex) {
				throw refused(("job parameter %s=%s is not a time; give an ISO instant such as 2026-11-21T08:00:00Z, "
						+ "or leave it out")
					.formatted(name, text(name)));
			}
		}
	}

	private void checkVerification() throws InvalidJobParametersException {
		if (mode() != Mode.VERIFY) {
			return;
		}
		if (isSet(RunParameters.TESTING)) {
			throw refused("a verification writes nothing unless it repairs, so it cannot be a testing run");
		}
		try {
			if (verification().repair() && this.link.testing()) {
				throw refused("it is set to testing, so nothing can be repaired; take 'testing' out of the Link first");
			}
		}
		catch (IllegalArgumentException ex) {
			throw refused("job parameter " + ex.getMessage());
		}
	}

	private InvalidJobParametersException refused(String why) {
		return new InvalidJobParametersException("Link '%s': %s".formatted(this.link.name(), why));
	}

	/**
	 * Checks that no given time is in the future: changes until then would never be
	 * fetched.
	 * @throws InvalidJobParametersException if a given time is after now
	 */
	void checkPast(Instant now) throws InvalidJobParametersException {
		Instant timestamp = runTimestamp();
		if (timestamp != null && timestamp.isAfter(now)) {
			throw refused(("job parameter runTimestamp=%s is in the future: what changes until then would never be "
					+ "fetched; give a time that has passed, or leave it out")
				.formatted(timestamp));
		}
		Instant setTo = setTo();
		if (setTo != null && setTo.isAfter(now)) {
			throw refused(("the window cannot be set to %s, which is in the future: what changes until then would "
					+ "never be fetched; give a time that has passed")
				.formatted(setTo));
		}
	}

	/**
	 * Whether these are the parameters of the newest run, which is then restarted.
	 * @throws JobRestartException if they belong to an older run, or to a run that cannot
	 * be restarted with the current configuration of the Link; the message says why
	 */
	boolean areOf(SyncEvent newest) throws JobRestartException {
		Instant timestamp = runTimestamp();
		if (timestamp == null || timestamp.isAfter(newest.runTimestamp())) {
			return false;
		}
		if (timestamp.isBefore(newest.runTimestamp())) {
			throw superseded(timestamp, newest);
		}
		if (this.link.testing() && !newest.testing()) {
			throw new JobRestartException(
					("Link '%s': the run of %s (event %d) cannot be restarted: it changes the target, but the "
							+ "Link is set to testing now. Remove that setting, or start a new run")
						.formatted(this.link.name(), timestamp, newest.id()));
		}
		return true;
	}

	private JobRestartException superseded(Instant timestamp, SyncEvent newest) {
		String why = newest.testing()
				? "the newer run of %s (event %d) was a testing one. Start a new run, which covers its window"
				: (newest.mode() == Mode.VERIFY)
						? "the verification of %s (event %d) was started since. Start a new run, which fetches the window again"
						: (newest.mode() == Mode.REPLAY)
								? "the replay of %s (event %d) was started since. Restart that one, or start a new run, which fetches the window again"
								: "the newer run of %s (event %d) already covers its window. Restart that one, or start a new run";
		return new JobRestartException("Link '%s': the run of %s cannot be started or restarted: %s"
			.formatted(this.link.name(), timestamp, why.formatted(newest.runTimestamp(), newest.id())));
	}

	@Nullable Instant runTimestamp() {
		return time(RunParameters.RUN_TIMESTAMP);
	}

	Mode mode() {
		return Mode.valueOf(text(RunParameters.MODE, Mode.DELTA.name()));
	}

	/**
	 * Whether this is a testing run. A job parameter cannot override a Link that is set
	 * to testing.
	 */
	boolean isTesting() {
		return mode() != Mode.VERIFY && (this.link.testing() || isSet(RunParameters.TESTING));
	}

	/** Returns how a verification compares. */
	VerifyOptions verification() {
		return VerifyOptions.of(this.parameters);
	}

	String trigger() {
		return text(RunParameters.TRIGGER, "api");
	}

	/** Returns the id of the event to replay, as given; empty if this is no replay. */
	String replayOf() {
		return text(RunParameters.REPLAY_OF, "");
	}

	/** Returns the scope of the single record to deliver, or null. */
	@Nullable String record() {
		return text(RunParameters.RECORD);
	}

	Rewrite rewrite() {
		return Rewrite.of(isSet(RunParameters.REWRITE), mode());
	}

	boolean isForced() {
		return isSet(RunParameters.FORCE);
	}

	/** Whether the user keeps the window of a changed Link. */
	boolean isKeeping() {
		return isSet(RunParameters.KEEP);
	}

	/** Returns the versions that the window may have, as given; null for any. */
	@Nullable String ifWindow() {
		return text(RunParameters.IF_WINDOW);
	}

	@Nullable Instant setTo() {
		return time(RunParameters.SET_TO);
	}

	/** Returns the scheduled time that this run is for, or null. */
	@Nullable Instant slot() {
		return time(RunParameters.SLOT);
	}

	private boolean isSet(String name) {
		return Boolean.parseBoolean(text(name));
	}

	/** Returns a time in microseconds, the precision of stored parameters. */
	private @Nullable Instant time(String name) {
		String text = text(name);
		return (text != null) ? Instant.parse(text).truncatedTo(ChronoUnit.MICROS) : null;
	}

	private String text(String name, String otherwise) {
		String text = text(name);
		return (text != null) ? text : otherwise;
	}

	private @Nullable String text(String name) {
		@Nullable JobParameter<?> parameter = this.parameters.getParameter(name);
		return (parameter != null) ? String.valueOf(parameter.value()) : null;
	}

}
