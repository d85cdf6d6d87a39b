package io.deltasync.event;

import java.time.Instant;

import io.deltasync.link.LinkIdentity;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.job.parameters.JobParameters;

/**
 * Reads the job parameters of a run.
 *
 * @param parameters the parameters, as stored
 */
record StoredParameters(JobParameters parameters) {

	/**
	 * Reads the parameters.
	 * @throws IllegalArgumentException when one is missing or cannot be read
	 */
	RunParameters read() {
		String timestamp = this.parameters.getString(RunParameters.RUN_TIMESTAMP);
		if (timestamp == null) {
			throw new IllegalArgumentException(
					"The job parameter '%s' is missing: start a Link's job through the JobOperator bean, which adds it"
						.formatted(RunParameters.RUN_TIMESTAMP));
		}
		return new RunParameters(Instant.parse(timestamp), mode(), is(RunParameters.TESTING),
				text(RunParameters.TRIGGER, "unknown"),
				new Watermark(time(RunParameters.LAST_SUCCESSFUL_SYNC),
						this.parameters.getString(RunParameters.LAST_SUCCESSFUL_CURSOR),
						time(RunParameters.LAST_SUCCESSFUL_SET_AT)),
				replayed(), rewrite(), is(RunParameters.FORCE), time(RunParameters.SET_TO),
				new Identities(identity(RunParameters.IDENTITY), identity(RunParameters.LAST_SUCCESSFUL_IDENTITY)),
				this.parameters.getString(RunParameters.RECORD), VerifyOptions.of(this.parameters));
	}

	private Mode mode() {
		return Mode.valueOf(text(RunParameters.MODE, Mode.DELTA.name()));
	}

	private boolean is(String name) {
		return Boolean.parseBoolean(this.parameters.getString(name));
	}

	private @Nullable LinkIdentity identity(String name) {
		String json = this.parameters.getString(name);
		return (json != null) ? LinkIdentity.fromJson(json) : null;
	}

	private @Nullable Instant time(String name) {
		String time = this.parameters.getString(name);
		return (time != null) ? Instant.parse(time) : null;
	}

	private @Nullable ReplayOrigin replayed() {
		String event = this.parameters.getString(RunParameters.REPLAY_OF);
		return (event == null) ? null
				: new ReplayOrigin(Long.parseLong(event), is(RunParameters.REPLAYED_FULL),
						new Watermark(time(RunParameters.REPLAYED_SYNC),
								this.parameters.getString(RunParameters.REPLAYED_CURSOR)),
						is(RunParameters.REPLAYED_SCOPES));
	}

	private Rewrite rewrite() {
		return is(RunParameters.REWRITE_EVERYTHING) ? Rewrite.EVERYTHING
				: Rewrite.of(is(RunParameters.REWRITE), mode());
	}

	private String text(String name, String otherwise) {
		String value = this.parameters.getString(name);
		return (value != null) ? value : otherwise;
	}

}
