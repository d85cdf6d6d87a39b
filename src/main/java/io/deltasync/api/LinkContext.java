package io.deltasync.api;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * What an adapter is told of the Link and of its last successful run (seed: Delta Sync).
 * Immutable.
 *
 * @param linkName the Link's name
 * @param linkSourceName the source's table, as configured
 * @param linkTargetName the target's table, as configured
 * @param batchSizeLimit how many records a batch may hold, the smaller of the Link's and
 * the target's limit
 * @param lastSuccessfulSync the run timestamp of the last successful run, in UTC and
 * microseconds; null on a full run, and when no run was successful yet: fetch everything
 * @param lastSuccessfulCursor the cursor as of the last successful run, or null as above
 * @param runTimestamp the timestamp of this run, taken before planning began
 * @param testingMode whether targets must not be changed
 * @param isReplay whether records that failed in an earlier run are delivered again
 * @param isFullRun whether everything is to be fetched, whatever was fetched before
 */
public record LinkContext(String linkName, String linkSourceName, String linkTargetName, int batchSizeLimit,
		@Nullable Instant lastSuccessfulSync, @Nullable String lastSuccessfulCursor, Instant runTimestamp,
		boolean testingMode, boolean isReplay, boolean isFullRun) {

	/**
	 * Starts a context for a test, with a batch size of 1,000 and everything else empty
	 * or false.
	 * @return a builder
	 */
	public static Builder builder() {
		return new Builder();
	}

	/**
	 * Makes a copy to change.
	 * @return a builder that holds this context's values
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
	 * Builds a {@link LinkContext}. Not thread-safe.
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
		 * Sets the source's table.
		 * @param linkSourceName a name
		 * @return this builder
		 */
		public Builder linkSourceName(String linkSourceName) {
			this.linkSourceName = linkSourceName;
			return this;
		}

		/**
		 * Sets the target's table.
		 * @param linkTargetName a name
		 * @return this builder
		 */
		public Builder linkTargetName(String linkTargetName) {
			this.linkTargetName = linkTargetName;
			return this;
		}

		/**
		 * Sets how many records a batch may hold.
		 * @param batchSizeLimit a positive number
		 * @return this builder
		 */
		public Builder batchSizeLimit(int batchSizeLimit) {
			if (batchSizeLimit < 1) {
				throw new IllegalArgumentException("batchSizeLimit is %d; give 1 or more".formatted(batchSizeLimit));
			}
			this.batchSizeLimit = batchSizeLimit;
			return this;
		}

		/**
		 * Sets when the last successful run started.
		 * @param lastSuccessfulSync a time, or null for a full run and when no run was
		 * successful yet
		 * @return this builder
		 */
		public Builder lastSuccessfulSync(@Nullable Instant lastSuccessfulSync) {
			this.lastSuccessfulSync = lastSuccessfulSync;
			return this;
		}

		/**
		 * Sets the cursor as of the last successful run.
		 * @param lastSuccessfulCursor a cursor, or null
		 * @return this builder
		 */
		public Builder lastSuccessfulCursor(@Nullable String lastSuccessfulCursor) {
			this.lastSuccessfulCursor = lastSuccessfulCursor;
			return this;
		}

		/**
		 * Sets when the run started.
		 * @param runTimestamp a time
		 * @return this builder
		 */
		public Builder runTimestamp(Instant runTimestamp) {
			this.runTimestamp = runTimestamp;
			return this;
		}

		/**
		 * Sets whether targets must not be changed.
		 * @param testingMode true if they must not
		 * @return this builder
		 */
		public Builder testingMode(boolean testingMode) {
			this.testingMode = testingMode;
			return this;
		}

		/**
		 * Sets whether records that failed in an earlier run are delivered again.
		 * @param replay true for a replay
		 * @return this builder
		 */
		public Builder replay(boolean replay) {
			this.replay = replay;
			return this;
		}

		/**
		 * Sets whether everything is fetched.
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
