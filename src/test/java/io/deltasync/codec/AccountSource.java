package io.deltasync.codec;

import org.jspecify.annotations.Nullable;

/**
 * An adapter with a scope class of its own, as the documentation's examples have it.
 */
class AccountSource extends PullSource {

	public class MyScope {

		private @Nullable String requestId;

		private @Nullable Integer offset;

		public MyScope(@Nullable String requestId, @Nullable Integer offset) {
			this.requestId = requestId;
			this.offset = offset;
		}

		Object source() {
			return AccountSource.this;
		}

		@Override
		public String toString() {
			return this.requestId + "@" + this.offset;
		}

	}

}
