package io.deltasync.codec;

import org.jspecify.annotations.Nullable;

/**
 * The seed's adapter with its scope class, put from Apex into Java word by word.
 */
class SeedSource extends PullSource {

	public class MyScope {

		private @Nullable String requestId;

		private @Nullable Integer offset;

		public MyScope(@Nullable String requestId, @Nullable Integer offset) {
			this.requestId = requestId;
			this.offset = offset;
		}

		Object source() {
			return SeedSource.this;
		}

		@Override
		public String toString() {
			return this.requestId + "@" + this.offset;
		}

	}

}
