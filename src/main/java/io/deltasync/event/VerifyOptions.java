package io.deltasync.event;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;

/**
 * How a verification compares the target with the source. Its components are job
 * parameters, which are not identifying.
 *
 * @param sample the percentage of the scopes that are compared, chosen by chance; null
 * for all
 * @param settle the time after which records that differ are compared again
 * @param repair whether records that differ are delivered again
 * @param strict whether records that wait to be delivered count as differences
 * @param rate how many records of the source are compared in a second at most; null for
 * no limit
 */
public record VerifyOptions(@Nullable Double sample, Duration settle, boolean repair, boolean strict,
		@Nullable Integer rate) {

	/** The time after which records are compared again unless said otherwise. */
	public static final Duration SETTLE = Duration.ofSeconds(10);

	/** Compares everything and repairs nothing. */
	public static final VerifyOptions DEFAULTS = new VerifyOptions(null, SETTLE, false, false, null);

	public static final String SAMPLE = "sample";

	public static final String SETTLE_TIME = "settle";

	public static final String REPAIR = "repair";

	public static final String STRICT = "strict";

	public static final String RATE = "rate";

	/** The names of the job parameters. */
	public static final Set<String> NAMES = Set.of(SAMPLE, SETTLE_TIME, REPAIR, STRICT, RATE);

	private static final double ALL = 100;

	/**
	 * Checks the options.
	 * @throws IllegalArgumentException if one of them is out of its range
	 */
	public VerifyOptions {
		if (sample != null && !(sample > 0 && sample <= ALL)) {
			throw new IllegalArgumentException("sample is %s; give a percentage above 0, up to 100".formatted(sample));
		}
		if (settle.isNegative()) {
			throw new IllegalArgumentException("settle is %s; give a duration of 0 or more".formatted(settle));
		}
		if (rate != null && rate < 1) {
			throw new IllegalArgumentException("rate is %d; give 1 or more records in a second".formatted(rate));
		}
		if (sample != null && sample == ALL) {
			sample = null;
		}
	}

	/**
	 * Reads job parameters. Missing ones have their defaults.
	 * @param parameters the parameters
	 * @return the options
	 * @throws IllegalArgumentException if one of them is invalid
	 */
	public static VerifyOptions of(JobParameters parameters) {
		String sample = parameters.getString(SAMPLE);
		String settle = parameters.getString(SETTLE_TIME);
		String rate = parameters.getString(RATE);
		try {
			return new VerifyOptions((sample != null) ? Double.valueOf(sample) : null,
					(settle != null) ? Duration.parse(settle) : SETTLE,
					Boolean.parseBoolean(parameters.getString(REPAIR)),
					Boolean.parseBoolean(parameters.getString(STRICT)), (rate != null) ? Integer.valueOf(rate) : null);
		}
		catch (DateTimeParseException ex) {
			throw new IllegalArgumentException("settle is %s; give a duration such as PT10S".formatted(settle), ex);
		}
	}

	/**
	 * Adds the options that are not the defaults.
	 * @param builder builds job parameters
	 */
	public void addTo(JobParametersBuilder builder) {
		add(builder, SAMPLE, this.sample);
		add(builder, SETTLE_TIME, this.settle.equals(SETTLE) ? null : this.settle);
		add(builder, REPAIR, this.repair ? true : null);
		add(builder, STRICT, this.strict ? true : null);
		add(builder, RATE, this.rate);
	}

	private static void add(JobParametersBuilder builder, String name, @Nullable Object value) {
		if (value != null) {
			builder.addString(name, value.toString(), false);
		}
	}

}
