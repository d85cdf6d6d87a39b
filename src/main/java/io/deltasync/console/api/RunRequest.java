package io.deltasync.console.api;

import java.time.Duration;
import java.util.Objects;
import java.util.stream.Stream;

import io.deltasync.console.RunOptions;
import io.deltasync.console.api.problem.ApiException;
import io.deltasync.console.api.problem.ProblemType;
import io.deltasync.event.Mode;
import io.deltasync.event.VerifyOptions;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.convert.DurationStyle;

/**
 * A request for a run. The components are its fields in JSON.
 *
 * @param mode what is fetched
 * @param testing whether the target stays unchanged; null for no
 * @param rewrite whether unchanged records are written, too; null for no
 * @param force whether more records than max-delete-share are deleted; null for no
 * @param sample of a verification: the percentage of the scopes that are compared; null
 * for all
 * @param settle of a verification: the time after which records that differ are compared
 * again, such as 10s; null for the default
 * @param repair of a verification: whether records that differ are delivered again; null
 * for no
 * @param strict of a verification: whether records that wait to be delivered count as
 * differences; null for no
 * @param rate of a verification: how many records are compared in a second at most; null
 * for no limit
 */
record RunRequest(@Nullable Kind mode, @Nullable Boolean testing, @Nullable Boolean rewrite, @Nullable Boolean force,
		@Nullable Double sample, @Nullable String settle, @Nullable Boolean repair, @Nullable Boolean strict,
		@Nullable Integer rate) {

	RunOptions options() {
		boolean verifies = this.mode == Kind.VERIFY;
		if (!verifies && Stream.of(this.sample, this.settle, this.repair, this.strict, this.rate)
			.anyMatch(Objects::nonNull)) {
			throw new ApiException(ProblemType.INVALID_REQUEST,
					"The fields sample, settle, repair, strict and rate need the mode verify");
		}
		if (verifies && Stream.of(this.testing, this.rewrite).anyMatch(Boolean.TRUE::equals)) {
			throw new ApiException(ProblemType.INVALID_REQUEST,
					"The fields testing and rewrite do not go with the mode verify");
		}
		boolean forced = Boolean.TRUE.equals(this.force);
		return verifies ? RunOptions.verify(verification(), forced)
				: new RunOptions((this.mode == Kind.FULL) ? Mode.FULL : Mode.DELTA, this.mode == Kind.FULL_IF_DUE,
						Boolean.TRUE.equals(this.testing), Boolean.TRUE.equals(this.rewrite), forced);
	}

	private VerifyOptions verification() {
		try {
			Duration time = (this.settle != null) ? DurationStyle.detectAndParse(this.settle) : VerifyOptions.SETTLE;
			return new VerifyOptions(this.sample, time, Boolean.TRUE.equals(this.repair),
					Boolean.TRUE.equals(this.strict), this.rate);
		}
		catch (IllegalArgumentException ex) {
			throw new ApiException(ProblemType.INVALID_REQUEST, String.valueOf(ex.getMessage()));
		}
	}

	/** What a run fetches. */
	enum Kind {

		/** What has changed since the last successful run. */
		DELTA,

		/** Everything. */
		FULL,

		/** Everything if a full run is due, otherwise what has changed. */
		FULL_IF_DUE,

		/** Everything, to compare it with what the target holds. */
		VERIFY

	}

}
