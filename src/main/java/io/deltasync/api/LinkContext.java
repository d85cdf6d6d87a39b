package io.deltasync.api;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * The Link, its last successful run and the current run, as an adapter needs to know
 * them. Immutable.
 *
 * @param linkName the Link's name
 * @param linkSourceName what the source reads, as configured: its
 * {@link Adapter#resourceOption() table, path or the like}; the Link's name if none is
 * configured
 * @param linkTargetName what the target writes, in the same way
 * @param batchSizeLimit the maximum number of records in a batch: the smaller of the
 * Link's and the target's limit
 * @param lastSuccessfulSync the run timestamp of the last successful run, with
 * microsecond precision; null in a full run and before the first successful run, when
 * everything must be fetched
 * @param lastSuccessfulCursor the cursor of the last successful run; null if it set none,
 * in a full run and before the first successful run
 * @param runTimestamp the timestamp of this run, taken before planning began
 * @param testingMode whether the target must not be changed
 * @param isReplay whether this run redelivers records that failed in an earlier run
 * @param isFullRun whether everything must be fetched, whatever was fetched before
 */
public record LinkContext(String linkName, String linkSourceName, String linkTargetName, int batchSizeLimit,
		@Nullable Instant lastSuccessfulSync, @Nullable String lastSuccessfulCursor, Instant runTimestamp,
		boolean testingMode, boolean isReplay, boolean isFullRun) {

	/**
	 * Creates a builder, mainly for tests. The batch size is 1,000, the names are
	 * {@code test}, {@code source} and {@code target}, the run timestamp is the epoch,
	 * and all other values are null or false.
	 * @return a builder
	 */
	public static Builder builder() {
		return new Builder();
	}

	/**
	 * Creates a builder that has the values of this context.
	 * @return a builder
	 */
	public Builder toBuilder() {
		Builder builder = new Builder();
		builder.linkName = this.linkName;
		builder.linkSourceName = this.linkSourceName;
		builder.linkTargetName = this.linkTargetName;
		builder.batchSizeLimit = this.batchSizeLimit;
		builder.lastSuccessfulSync = this.lastSuccessfulSync;
		builder.lastSuccessfulCursor = this.lastSuccessfulCursor;
		builder.runTimestamp = this.runTimestamp;
		builder.testingMode = this.testingMode;
		builder.replay = this.isReplay;
		builder.fullRun = this.isFullRun;
		return builder;
	}

	/**
	 * A builder of {@link LinkContext}. Not thread-safe.
	 */
	public static final class Builder {

		private String linkName = "test";

		private String linkSourceName = "source";

		private String linkTargetName = "target";

		private int batchSizeLimit = 1000;

		private @Nullable Instant lastSuccessfulSync;

		private @Nullable String lastSuccessfulCursor;

		private Instant runTimestamp = Instant.EPOCH;

		private boolean testingMode;

		private boolean replay;

		private boolean fullRun;

		private Builder() {
		}

		/**
		 * Sets the Link's name.
		 * @param linkName a name
		 * @return this builder
		 */
		public Builder linkName(String linkName) {
			this.linkName = linkName;
			return this;
		}

		/**
		 * Sets what the source reads, such as a table.
		 * @param linkSourceName a name
		 * @return this builder
		 */
		public Builder linkSourceName(String linkSourceName) {
			this.linkSourceName = linkSourceName;
			return this;
		}

		/**
		 * Sets what the target writes, such as a table.
		 * @param linkTargetName a name
		 * @return this builder
		 */
		public Builder linkTargetName(String linkTargetName) {
			this.linkTargetName = linkTargetName;
			return this;
		}

		/**
		 * Sets the maximum number of records in a batch.
		 * @param batchSizeLimit a positive number
		 * @return this builder
		 * @throws IllegalArgumentException if the number is not positive
		 */
		public Builder batchSizeLimit(int batchSizeLimit) {
			if (batchSizeLimit < 1) {
				throw new IllegalArgumentException("batchSizeLimit is %d; give 1 or more".formatted(batchSizeLimit));
			}
			this.batchSizeLimit = batchSizeLimit;
			return this;
		}

		/**
		 * Sets the run timestamp of the last successful run.
		 * @param lastSuccessfulSync a time, or null for a full run and before the first
		 * successful run
		 * @return this builder
		 */
		public Builder lastSuccessfulSync(@Nullable Instant lastSuccessfulSync) {
			this.lastSuccessfulSync = lastSuccessfulSync;
			return this;
		}

		/**
		 * Sets the cursor of the last successful run.
		 * @param lastSuccessfulCursor a cursor, or null
		 * @return this builder
		 */
		public Builder lastSuccessfulCursor(@Nullable String lastSuccessfulCursor) {
			this.lastSuccessfulCursor = lastSuccessfulCursor;
			return this;
		}

		/**
		 * Sets the timestamp of the run.
		 * @param runTimestamp a time
		 * @return this builder
		 */
		public Builder runTimestamp(Instant runTimestamp) {
			this.runTimestamp = runTimestamp;
			return this;
		}

		/**
		 * Sets whether the target must not be changed.
		 * @param testingMode true for testing mode
		 * @return this builder
		 */
		public Builder testingMode(boolean testingMode) {
			this.testingMode = testingMode;
			return this;
		}

		/**
		 * Sets whether the run redelivers records that failed in an earlier run.
		 * @param replay true for a replay
		 * @return this builder
		 */
		public Builder replay(boolean replay) {
			this.replay = replay;
			return this;
		}

		/**
		 * Sets whether everything must be fetched.
		 * @param fullRun true for a full run
		 * @return this builder
		 */
		public Builder fullRun(boolean fullRun) {
			this.fullRun = fullRun;
			return this;
		}

		/**
		 * Creates the context.
		 * @return the context
		 */
		public LinkContext build() {
			return new LinkContext(this.linkName, this.linkSourceName, this.linkTargetName, this.batchSizeLimit,
					this.lastSuccessfulSync, this.lastSuccessfulCursor, this.runTimestamp, this.testingMode,
					this.replay, this.fullRun);
		}

	}

}
