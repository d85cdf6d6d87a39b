package io.deltasync.event;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;

import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;

/**
 * The job parameters of a run. Each run carries the last success as it was known when the
 * run was started, full runs too: so the newest run alone tells where the window stands,
 * however many runs failed before it.
 *
 * @param runTimestamp when the run was started, in microseconds; the only identifying
 * parameter
 * @param mode what the run is for
 * @param testing whether targets must not be changed
 * @param trigger who or what started it
 * @param lastSuccess the newest success before this run
 */
public record RunParameters(Instant runTimestamp, Mode mode, boolean testing, String trigger, LastSuccess lastSuccess) {

	public static final String RUN_TIMESTAMP = "runTimestamp";

	public static final String MODE = "mode";

	public static final String TESTING = "testing";

	public static final String TRIGGER = "trigger";

	public static final String LAST_SUCCESSFUL_SYNC = "lastSuccessfulSync";

	public static final String LAST_SUCCESSFUL_CURSOR = "lastSuccessfulCursor";

	/** Of one length whatever the time, so that texts sort as times do. */
	private static final DateTimeFormatter MICROSECONDS = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'")
		.withZone(ZoneOffset.UTC);

	public RunParameters {
		runTimestamp = runTimestamp.truncatedTo(ChronoUnit.MICROS);
	}

	/**
	 * Writes a run timestamp as the parameter and the job key hold it.
	 * @param runTimestamp the time
	 * @return ISO text in UTC with six digits of a second
	 */
	public static String format(Instant runTimestamp) {
		return MICROSECONDS.format(runTimestamp);
	}

	/**
	 * Reads the parameters of a run.
	 * @param parameters what {@link #toJobParameters()} made
	 * @return the run's parameters
	 * @throws IllegalArgumentException when one is missing or cannot be read
	 */
	public static RunParameters of(JobParameters parameters) {
		String timestamp = parameters.getString(RUN_TIMESTAMP);
		if (timestamp == null) {
			throw new IllegalArgumentException(
					"The job parameter '%s' is missing: start a Link's job through the JobOperator bean, which adds it"
						.formatted(RUN_TIMESTAMP));
		}
		String sync = parameters.getString(LAST_SUCCESSFUL_SYNC);
		return new RunParameters(Instant.parse(timestamp), Mode.valueOf(text(parameters, MODE, Mode.DELTA.name())),
				Boolean.parseBoolean(parameters.getString(TESTING)), text(parameters, TRIGGER, "unknown"),
				new LastSuccess((sync != null) ? Instant.parse(sync) : null,
						parameters.getString(LAST_SUCCESSFUL_CURSOR)));
	}

	private static String text(JobParameters parameters, String name, String otherwise) {
		String value = parameters.getString(name);
		return (value != null) ? value : otherwise;
	}

	/**
	 * Makes job parameters, of which only the run timestamp is identifying.
	 * @return the parameters
	 */
	public JobParameters toJobParameters() {
		JobParametersBuilder builder = new JobParametersBuilder()
			.addString(RUN_TIMESTAMP, format(this.runTimestamp), true)
			.addString(MODE, this.mode.name(), false)
			.addString(TESTING, String.valueOf(this.testing), false)
			.addString(TRIGGER, this.trigger, false);
		if (this.lastSuccess.sync() != null) {
			builder.addString(LAST_SUCCESSFUL_SYNC, this.lastSuccess.sync().toString(), false);
		}
		if (this.lastSuccess.cursor() != null) {
			builder.addString(LAST_SUCCESSFUL_CURSOR, this.lastSuccess.cursor(), false);
		}
		return builder.toJobParameters();
	}

	/**
	 * Tells where the window starts that the source is asked for.
	 * @return the last successful sync, or null on a full run and when there is none
	 */
	public @Nullable Instant windowStart() {
		return (this.mode == Mode.FULL) ? null : this.lastSuccess.sync();
	}

	/**
	 * Tells the cursor that the source is given.
	 * @return the last successful cursor, or null on a full run and when there is none
	 */
	public @Nullable String cursorBefore() {
		return (this.mode == Mode.FULL) ? null : this.lastSuccess.cursor();
	}

}
