package io.deltasync.console;

import java.util.Locale;

import io.deltasync.event.Mode;
import io.deltasync.event.RunParameters;
import io.deltasync.event.VerifyOptions;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;

/**
 * What a person asks of a run.
 *
 * @param mode {@link Mode#DELTA}, {@link Mode#FULL} or {@link Mode#VERIFY}
 * @param fullIfDue whether everything is fetched if a full run is due
 * @param testing whether the target stays unchanged
 * @param rewrite whether unchanged records are written, too
 * @param force whether more records than max-delete-share are deleted
 * @param verification how a verification compares
 */
public record RunOptions(Mode mode, boolean fullIfDue, boolean testing, boolean rewrite, boolean force,
		VerifyOptions verification) {

	/**
	 * Creates the options of a run that delivers.
	 */
	public RunOptions(Mode mode, boolean fullIfDue, boolean testing, boolean rewrite, boolean force) {
		this(mode, fullIfDue, testing, rewrite, force, VerifyOptions.DEFAULTS);
	}

	/**
	 * Creates the options of a verification.
	 * @param options how it compares
	 * @param force whether a repair deletes more records than max-delete-share
	 * @return the options
	 */
	public static RunOptions verify(VerifyOptions options, boolean force) {
		return new RunOptions(Mode.VERIFY, false, false, false, force, options);
	}

	/** Whether a full run that is due is run instead. */
	public boolean looksForFullRun() {
		return this.fullIfDue && this.mode == Mode.DELTA && !this.testing;
	}

	public void addTo(JobParametersBuilder parameters) {
		if (this.mode == Mode.VERIFY) {
			this.verification.addTo(parameters);
		}
		else {
			parameters.addString(RunParameters.TESTING, String.valueOf(this.testing), false)
				.addString(RunParameters.REWRITE, String.valueOf(this.rewrite), false);
		}
		parameters.addString(RunParameters.FORCE, String.valueOf(this.force), false);
	}

	/** Describes it for the audit log. */
	String words() {
		StringBuilder words = new StringBuilder(this.mode.name().toLowerCase(Locale.ROOT));
		words.append(this.fullIfDue ? ", full if due" : "").append(this.testing ? ", testing" : "");
		words.append((this.verification.sample() != null) ? ", sample %s %%".formatted(this.verification.sample()) : "")
			.append(this.verification.repair() ? ", repair" : "");
		return words.append(this.rewrite ? ", rewrite" : "").append(this.force ? ", force" : "").toString();
	}

}
